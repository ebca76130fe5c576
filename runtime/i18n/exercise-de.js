/** What an exercise says, in German. */

/** @type {typeof import('../exercise/strings.js').english} */
export const strings = {
  check: 'Prüfen',
  results: 'Ergebnisse',
  passed: 'bestanden',
  failed: 'nicht bestanden',
  solved: 'Gelöst',
  passedOf: '{passed} von {all} bestanden',
  notChecked: 'Ihr Code endete mit einem Fehler: Geprüft wurde nichts.',

  expected: 'Erwartet',
  got: 'Erhalten',
  missing: 'Ihr Code definiert {name} nicht.',
  raised: 'Ihr Code löste dies aus:',
  raisedAt: 'Ihr Code löste in Zeile {line} dies aus:',
  broken: 'Dies kommt aus der Prüfung selbst, die mit Ihrem Code nicht gerechnet hat:',
  late: 'Lief nach {seconds} s noch.',
  yourCode: 'Ihr Code',
  without: 'Ohne {construct}',
  with: 'Mit {construct}',
  usedIn: 'Es steht in Zeile {lines}.',
  notUsed: 'Es kommt nicht vor.',

  hint: 'Tipp',
  nextHint: 'Tipp {number} von {all}',
  solution: 'Lösung',

  progress: '{solved} von {all} gelöst',
  saveWork: 'Meine Arbeit sichern',
  readBack: 'Wieder einlesen',
  workRead: '{count} Aufgaben eingelesen.',
  noWork: 'Diese Datei enthält keine gesicherte Arbeit.',
};
