/** What explains an error, in Spanish. */

/** @type {typeof import('../explain/strings.js').english} */
export const strings = {
  notLoaded: 'Pyodide tiene {module}, pero no está cargado.',
  notInPyodide: 'Pyodide no tiene {module}. Quizá lo tenga el índice de paquetes PyPI, como {package}.',
  installAndRun: 'Instalar {package} y ejecutar de nuevo',
  authorCanInstall: 'Quien escribe esta página puede nombrarlo en la opción del bloque: install="{package}"',

  refusedByHost: '{host} responde, pero no permite a las páginas de este sitio leer la respuesta (CORS). Su dueño puede permitirlo; o quien escribe esta página pone una copia junto a ella.',
  refusedByPolicy: 'La política de seguridad de esta página no permite {host}. Quien la escribe puede nombrarlo en connect-src.',
  notReached: 'No se pudo llegar a {host}.',

  smallStack: 'Un navegador da a Python poca pila: las funciones que se llaman a sí mismas a través de las de Python (lru_cache, sorted, sum) llegan a unos cientos de niveles. Un bucle dura cuanto haga falta.',
  tooDeep: 'Lo que está anidado a algunos miles de niveles (listas en listas, objetos que contienen cada uno el siguiente) necesita más pila de la que tiene un navegador al mostrarse, compararse o liberarse, y eso termina Python. Una lista de los objetos contiene cuantos haga falta.',
  noThreads: 'En un navegador, Python tiene un solo hilo. asyncio hace varias cosas a la vez: await asyncio.gather(...).',
  noProcesses: 'Un navegador no inicia programas. Lo que hace Python mismo funciona: pathlib y shutil para archivos, funciones en lugar de procesos.',
  noSockets: 'Un navegador no abre sockets, solo direcciones web: urllib.request.urlopen(...), requests o await pyodide.http.pyfetch(...).',
  noWindows: 'En un navegador, Python no abre ventanas. Bajo el bloque se muestran print, display(...) y las figuras de matplotlib; input() pregunta.',
  noSignals: 'Un navegador no envía señales. asyncio.timeout(...) termina lo que espera; Detener, el bloque.',
  noPage: 'Python se ejecuta aparte de la página, en un worker: no tiene document, window ni alert. print, display(...) e input() llegan a quien lee.',
  noPyscript: 'pyscript solo existe en páginas de PyScript. Aquí display(...) no necesita import.',
  noModule: '{module} es una parte de la biblioteca estándar que necesita un sistema operativo: Python en un navegador no la tiene.',
  noAwait: 'Hay que esperar a micropip.install(...): await micropip.install(...)',

  habit: '{habit} es una orden de los cuadernos. En Python: ',
  noHabit: '{habit} es una orden de los cuadernos que Python no conoce.',
  lineDiffers: 'Línea {line}: está escrito {written}, salió {found}.',
  nothing: 'nada',
};
