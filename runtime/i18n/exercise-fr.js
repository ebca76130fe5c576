/** What an exercise says, in French. */

/** @type {typeof import('../exercise/strings.js').english} */
export const strings = {
  check: 'Vérifier',
  results: 'Résultats',
  passed: 'réussi',
  failed: 'non réussi',
  solved: 'Résolu',
  passedOf: '{passed} sur {all} réussis',
  notChecked: 'Votre code s’est terminé par une erreur : rien n’a été vérifié.',

  expected: 'Attendu',
  got: 'Obtenu',
  missing: 'Votre code ne définit pas {name}.',
  raised: 'Votre code a levé ceci :',
  raisedAt: 'Votre code a levé ceci à la ligne {line} :',
  broken: 'Ceci vient du test lui-même, qui n’attendait pas ce que fait votre code :',
  late: 'Pas terminé après {seconds} s.',
  yourCode: 'Votre code',
  without: 'Sans {construct}',
  with: 'Avec {construct}',
  usedIn: 'Utilisé à la ligne {lines}.',
  notUsed: 'Ce n’est pas utilisé.',

  hint: 'Indice',
  nextHint: 'Indice {number} sur {all}',
  solution: 'Solution',

  progress: '{solved} sur {all} résolus',
  saveWork: 'Enregistrer mon travail',
  readBack: 'Le relire',
  workRead: '{count} exercices relus.',
  noWork: 'Ce fichier ne contient aucun travail enregistré.',
};
