/** What explains an error in French; written by `make generate` out of translations/fr.toml. */

/** @type {typeof import('../explain/strings.js').english} */
export const strings = {
  authorCanInstall: "L’auteur de cette page peut le nommer dans l’option du bloc : install=\"{package}\"",
  habit: "{habit} est une commande des notebooks. En Python : ",
  installAndRun: "Installer {package} et exécuter à nouveau",
  lineDiffers: "Ligne {line} : {written} est écrit, {found} est venu.",
  noAwait: "Il faut attendre micropip.install(...) : await micropip.install(...)",
  noHabit: "{habit} est une commande des notebooks, que Python ne connaît pas.",
  noModule: "{module} est une partie de la bibliothèque standard qui a besoin d’un système d’exploitation : Python dans un navigateur ne l’a pas.",
  noPage: "Python s’exécute à part de la page, dans un worker : il n’a ni document, ni window, ni alert. print, display(...) et input() s’adressent au lecteur.",
  noProcesses: "Un navigateur ne lance pas de programmes. Ce que Python fait lui-même marche : pathlib et shutil pour les fichiers, des fonctions au lieu de processus.",
  noPyscript: "pyscript n’existe que sur les pages de PyScript. Ici, display(...) se passe d’import.",
  noSignals: "Un navigateur n’envoie pas de signaux. asyncio.timeout(...) met fin à ce qui attend, Arrêter au bloc.",
  noSockets: "Un navigateur n’ouvre pas de sockets, seulement des adresses du web : urllib.request.urlopen(...), requests ou await pyodide.http.pyfetch(...).",
  noThreads: "Dans un navigateur, Python n’a qu’un fil d’exécution. asyncio fait plusieurs choses à la fois : await asyncio.gather(...).",
  noWindows: "Dans un navigateur, Python n’ouvre pas de fenêtres. Sous le bloc s’affichent print, display(...) et les figures de matplotlib ; input() pose une question.",
  notInPyodide: "Pyodide n’a pas {module}. L’index de paquets PyPI l’a peut-être, sous le nom {package}.",
  notLoaded: "Pyodide a {module}, mais il n’est pas chargé.",
  notReached: "{host} n’a pas pu être joint.",
  nothing: "rien",
  refusedByHost: "{host} répond, mais ne permet pas aux pages de ce site de lire sa réponse (CORS). Son propriétaire peut le permettre ; ou l’auteur de cette page met une copie à côté d’elle.",
  refusedByPolicy: "La politique de sécurité de cette page ne permet pas {host}. Son auteur peut le nommer sous connect-src.",
  smallStack: "Un navigateur donne à Python peu de pile : les fonctions qui s’appellent elles-mêmes à travers celles de Python (lru_cache, sorted, sum) vont à quelques centaines de niveaux. Une boucle dure autant qu’il faut.",
  tooDeep: "Ce qui est imbriqué sur quelques milliers de niveaux (des listes dans des listes, des objets qui contiennent chacun le suivant) demande plus de pile qu’un navigateur n’en a quand on l’affiche, le compare ou le libère, et Python s’arrête. Une liste des objets en contient autant qu’on veut.",
};
