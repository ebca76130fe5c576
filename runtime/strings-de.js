/** What the block says in German. */

/** @type {typeof import('./messages.js').messages & typeof import('./remarks.js').remarks} */
export const strings = {
  code: 'Python-Code',
  edit: 'Eingabetaste zum Bearbeiten',
  leave: 'Esc, dann Tab verlässt den Editor',
  noEditor: 'Der Editor konnte nicht geladen werden',

  run: 'Ausführen',
  stop: 'Anhalten',
  above: 'Bis hier ausführen',
  copy: 'Kopieren',
  copied: 'Kopiert',
  notCopied: 'Kopieren ist nicht gelungen',
  reset: 'Zurücksetzen',
  clear: 'Leeren',
  retry: 'Noch einmal',
  output: 'Ausgabe',
  question: 'Ihre Antwort',

  queued: 'Wartet auf einen anderen Block',
  loading: 'Python wird geladen',
  installing: '{detail} wird installiert',
  fetching: '{detail} wird geladen',
  running: 'Läuft',
  done: 'Fertig',
  error: 'Fehler',
  download: 'Was dieser Code braucht, konnte nicht geladen werden',
  lost: 'Python ist zusammengebrochen: Die Variablen aller Blöcke sind weg.',
  stopped: 'Angehalten',
  stoppedAndLost: 'Um das anzuhalten, musste Python beendet werden: Die Variablen aller Blöcke sind weg.',

  frames: 'Aufrufe in fremdem Code: {count}',
  definedIn: '{name} wird in Block {number} definiert, der noch nicht gelaufen ist.',
  runBefore: 'Erst diesen ausführen',
  runAboveAgain: 'Die Blöcke darüber noch einmal ausführen',

  noScripts: 'Die Sicherheitsrichtlinie dieser Seite lässt die Skripte dieses Werts nicht laufen.',
  showAll: 'Alles zeigen',
  saveAll: 'Alles sichern',
  held: 'noch {size} Zeichen',
};
