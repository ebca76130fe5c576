/** What the block says in German. */

/** @type {typeof import('../run/strings.js').runStrings & typeof import('../run/in-order-strings.js').inOrderStrings & typeof import('../run/input-strings.js').inputStrings & typeof import('../run/error-strings.js').errorStrings & typeof import('../edit/strings.js').editStrings & typeof import('../output/strings.js').outputStrings & typeof import('../complete/strings.js').completionStrings & typeof import('../on-demand/strings.js').optionStrings & typeof import('../recorded/strings.js').recordedStrings & typeof import('../share/strings.js').shareStrings} */
export const strings = {
  code: 'Python-Code',
  edit: 'Eingabetaste zum Bearbeiten',
  leave: 'Esc, dann Tab verlässt den Editor',
  noEditor: 'Der Editor konnte nicht geladen werden',
  silent: 'das Netz schweigt',

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
  unavailable: 'Was dieser Code braucht, konnte nicht geladen werden',
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
  moreCharacters: 'noch {size} Zeichen',

  suggestions: 'Vorschläge',
  suggestion: 'Vorschlag',

  overTime: 'Angehalten: Es lief länger als {seconds} s.',

  differs: 'Das ist etwas anderes als die Ausgabe, die mit der Seite aufgezeichnet wurde.',

  share: 'Teilen',
  copyLink: 'Link mit diesem Code kopieren',
  linkCopied: 'Link kopiert',
  tooLong: 'Dieser Code ist zu lang für einen Link',
  saveScript: 'Diesen Code als .py sichern',
  savePageScript: 'Allen Code dieser Seite als .py sichern',
  saveNotebook: 'Allen Code dieser Seite als .ipynb sichern',
  notSaved: 'Sichern ist nicht gelungen',
  fromLink: 'Dieser Code kam mit dem Link, er ist nicht der Code dieser Seite.',
  stranger: 'Dieser Code kam mit dem Link. Wenn er läuft, kann er von {host} lesen, was Sie dort lesen können, und dort in Ihrem Namen handeln. Führen Sie ihn nur aus, wenn Sie dem vertrauen, der den Link gemacht hat.',
  runIt: 'Ausführen',
  backToPage: 'Zurück zum Code dieser Seite',
  brokenLink: 'Der Code in diesem Link ist nicht lesbar.',
};
