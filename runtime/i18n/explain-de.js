/** What explains an error in German; written by `make generate` out of translations/de.toml. */

/** @type {typeof import('../explain/strings.js').english} */
export const strings = {
  authorCanInstall: "Wer diese Seite schreibt, kann es in der Option des Blocks nennen: install=\"{package}\"",
  habit: "{habit} ist ein Befehl von Notebooks. In Python: ",
  installAndRun: "{package} installieren und noch einmal ausführen",
  lineDiffers: "Zeile {line}: Da steht {written}, heraus kam {found}.",
  noAwait: "Auf micropip.install(...) muss gewartet werden: await micropip.install(...)",
  noHabit: "{habit} ist ein Befehl von Notebooks, den Python nicht kennt.",
  noModule: "{module} ist ein Teil der Standardbibliothek, der ein Betriebssystem braucht: Python im Browser hat ihn nicht.",
  noPage: "Python läuft getrennt von der Seite in einem Worker: Es hat weder document noch window noch alert. print, display(...) und input() erreichen, wer liest.",
  noProcesses: "Ein Browser startet keine Programme. Was Python selbst kann, geht: pathlib und shutil für Dateien, Funktionen statt Prozessen.",
  noPyscript: "pyscript gibt es nur auf Seiten mit PyScript. Hier braucht display(...) keinen Import.",
  noSignals: "Ein Browser schickt keine Signale. asyncio.timeout(...) beendet, was wartet, und Anhalten den Block.",
  noSockets: "Ein Browser öffnet keine Sockets, nur Adressen im Web: urllib.request.urlopen(...), requests oder await pyodide.http.pyfetch(...).",
  noThreads: "Python hat im Browser nur einen Thread. Mehreres zugleich macht asyncio: await asyncio.gather(...).",
  noWindows: "Python öffnet im Browser keine Fenster. Unter dem Block zeigen sich print, display(...) und die Bilder von matplotlib; input() fragt.",
  notInPyodide: "Pyodide hat {module} nicht. Der Paketindex PyPI hat es vielleicht, als {package}.",
  notLoaded: "Pyodide hat {module}, aber es ist nicht geladen.",
  notReached: "{host} war nicht zu erreichen.",
  nothing: "nichts",
  refusedByHost: "{host} antwortet, erlaubt Seiten dieser Website aber nicht, das zu lesen (CORS). Erlauben kann es, wem der Server gehört; oder wer diese Seite schreibt, legt eine Kopie neben sie.",
  refusedByPolicy: "Die Sicherheitsrichtlinie dieser Seite erlaubt {host} nicht. Wer sie schreibt, kann es unter connect-src nennen.",
  smallStack: "Ein Browser gibt Python wenig Stapelspeicher: Funktionen, die sich über Pythons eigene (lru_cache, sorted, sum) selbst aufrufen, kommen einige hundert Ebenen tief. Eine Schleife läuft beliebig lange.",
  tooDeep: "Was einige tausend Ebenen tief verschachtelt ist (Listen in Listen, Objekte, die je das nächste enthalten), braucht mehr Stapelspeicher, als ein Browser hat, wenn es gezeigt, verglichen oder freigegeben wird, und das beendet Python. Eine Liste der Objekte fasst beliebig viele.",
};
