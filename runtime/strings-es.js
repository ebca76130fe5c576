/** What the block says in Spanish. */

/** @type {typeof import('./messages.js').messages & typeof import('./remarks.js').remarks} */
export const strings = {
  code: 'Código de Python',
  edit: 'Intro para editar',
  leave: 'Esc y después Tab para salir del editor',
  noEditor: 'No se pudo cargar el editor',

  run: 'Ejecutar',
  stop: 'Detener',
  above: 'Ejecutar todo lo anterior',
  copy: 'Copiar',
  copied: 'Copiado',
  notCopied: 'No se pudo copiar',
  reset: 'Restablecer',
  clear: 'Limpiar',
  retry: 'Reintentar',
  output: 'Salida',
  question: 'Su respuesta',

  queued: 'Esperando a otro bloque',
  loading: 'Cargando Python',
  installing: 'Instalando {detail}',
  fetching: 'Cargando {detail}',
  running: 'En ejecución',
  done: 'Listo',
  error: 'Error',
  download: 'No se pudo cargar lo que este código necesita',
  lost: 'Python se ha caído: las variables de todos los bloques se han perdido.',
  stopped: 'Detenido',
  stoppedAndLost: 'Para detenerlo hubo que terminar Python: las variables de todos los bloques se han perdido.',

  frames: 'Llamadas en otro código: {count}',
  definedIn: '{name} se define en el bloque {number}, que no se ha ejecutado.',
  runBefore: 'Ejecutarlo antes',
  runAboveAgain: 'Ejecutar de nuevo los bloques anteriores',

  noScripts: 'La política de seguridad de esta página no deja ejecutar los scripts de este valor.',
  showAll: 'Mostrar todo',
  saveAll: 'Guardar todo',
  held: '{size} caracteres más',
};
