/** What explains an error in Spanish; written by `make generate` out of translations/es.toml. */

/** @type {typeof import('../explain/strings.js').english} */
export const strings = {
  authorCanInstall: "Quien escribe esta página puede nombrarlo en la opción del bloque: install=\"{package}\"",
  habit: "{habit} es una orden de los cuadernos. En Python: ",
  installAndRun: "Instalar {package} y ejecutar de nuevo",
  lineDiffers: "Línea {line}: está escrito {written}, salió {found}.",
  noAwait: "Hay que esperar a micropip.install(...): await micropip.install(...)",
  noHabit: "{habit} es una orden de los cuadernos que Python no conoce.",
  noModule: "{module} es una parte de la biblioteca estándar que necesita un sistema operativo: Python en un navegador no la tiene.",
  noPage: "Python se ejecuta aparte de la página, en un worker: no tiene document, window ni alert. print, display(...) e input() llegan a quien lee.",
  noProcesses: "Un navegador no inicia programas. Lo que hace Python mismo funciona: pathlib y shutil para archivos, funciones en lugar de procesos.",
  noPyscript: "pyscript solo existe en páginas de PyScript. Aquí display(...) no necesita import.",
  noSignals: "Un navegador no envía señales. asyncio.timeout(...) termina lo que espera; Detener, el bloque.",
  noSockets: "Un navegador no abre sockets, solo direcciones web: urllib.request.urlopen(...), requests o await pyodide.http.pyfetch(...).",
  noThreads: "En un navegador, Python tiene un solo hilo. asyncio hace varias cosas a la vez: await asyncio.gather(...).",
  noWindows: "En un navegador, Python no abre ventanas. Bajo el bloque se muestran print, display(...) y las figuras de matplotlib; input() pregunta.",
  notInPyodide: "Pyodide no tiene {module}. Quizá lo tenga el índice de paquetes PyPI, como {package}.",
  notLoaded: "Pyodide tiene {module}, pero no está cargado.",
  notReached: "No se pudo llegar a {host}.",
  nothing: "nada",
  refusedByHost: "{host} responde, pero no permite a las páginas de este sitio leer la respuesta (CORS). Su dueño puede permitirlo; o quien escribe esta página pone una copia junto a ella.",
  refusedByPolicy: "La política de seguridad de esta página no permite {host}. Quien la escribe puede nombrarlo en connect-src.",
  smallStack: "Un navegador da a Python poca pila: las funciones que se llaman a sí mismas a través de las de Python (lru_cache, sorted, sum) llegan a unos cientos de niveles. Un bucle dura cuanto haga falta.",
  tooDeep: "Lo que está anidado a algunos miles de niveles (listas en listas, objetos que contienen cada uno el siguiente) necesita más pila de la que tiene un navegador al mostrarse, compararse o liberarse, y eso termina Python. Una lista de los objetos contiene cuantos haga falta.",
};
