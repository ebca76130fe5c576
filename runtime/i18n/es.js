/** What the block says in Spanish. */

/** @type {typeof import('../run/strings.js').runStrings & typeof import('../run/in-order-strings.js').inOrderStrings & typeof import('../run/input-strings.js').inputStrings & typeof import('../run/error-strings.js').errorStrings & typeof import('../edit/strings.js').editStrings & typeof import('../output/strings.js').outputStrings & typeof import('../complete/strings.js').completionStrings & typeof import('../on-demand/strings.js').optionStrings & typeof import('../recorded/strings.js').recordedStrings & typeof import('../share/strings.js').shareStrings} */
export const strings = {
  code: 'Código de Python',
  edit: 'Intro para editar',
  leave: 'Esc y después Tab para salir del editor',
  noEditor: 'No se pudo cargar el editor',
  silent: 'la red no responde',

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
  unavailable: 'No se pudo cargar lo que este código necesita',
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
  moreCharacters: '{size} caracteres más',

  suggestions: 'Sugerencias',
  suggestion: 'Sugerencia',

  overTime: 'Detenido: se ejecutó durante más de {seconds} s.',

  differs: 'Esto difiere de la salida que se grabó con la página.',

  share: 'Compartir',
  copyLink: 'Copiar un enlace con este código',
  linkCopied: 'Enlace copiado',
  tooLong: 'Este código es demasiado largo para un enlace',
  saveScript: 'Guardar este código como .py',
  savePageScript: 'Guardar todo el código de esta página como .py',
  saveNotebook: 'Guardar todo el código de esta página como .ipynb',
  notSaved: 'No se pudo guardar',
  fromLink: 'Este código vino con el enlace, no es el código de esta página.',
  stranger: 'Este código vino con el enlace. Si se ejecuta, puede leer de {host} lo que usted puede leer allí, y actuar allí en su nombre. Ejecútelo solo si confía en quien hizo el enlace.',
  runIt: 'Ejecutarlo',
  backToPage: 'Volver al código de esta página',
  brokenLink: 'El código de este enlace no se puede leer.',
};
