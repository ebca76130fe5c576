/** What the block says in French. */

/** @type {typeof import('./messages.js').messages & typeof import('./remarks.js').remarks} */
export const strings = {
  code: 'Code Python',
  edit: 'Entrée pour modifier',
  leave: 'Échap puis Tab pour quitter l’éditeur',
  noEditor: 'L’éditeur n’a pas pu être chargé',

  run: 'Exécuter',
  stop: 'Arrêter',
  above: 'Exécuter jusqu’ici',
  copy: 'Copier',
  copied: 'Copié',
  notCopied: 'La copie a échoué',
  reset: 'Rétablir',
  clear: 'Effacer',
  retry: 'Réessayer',
  output: 'Résultat',
  question: 'Votre réponse',

  queued: 'En attente d’un autre bloc',
  loading: 'Chargement de Python',
  installing: 'Installation de {detail}',
  fetching: 'Chargement de {detail}',
  running: 'En cours',
  done: 'Terminé',
  error: 'Erreur',
  download: 'Ce dont ce code a besoin n’a pas pu être chargé',
  lost: 'Python s’est effondré : les variables de tous les blocs sont perdues.',
  stopped: 'Arrêté',
  stoppedAndLost: 'Pour arrêter ce code, Python a dû être interrompu : les variables de tous les blocs sont perdues.',

  frames: 'Appels dans un autre code : {count}',
  definedIn: '{name} est défini dans le bloc {number}, qui n’a pas été exécuté.',
  runBefore: 'L’exécuter d’abord',
  runAboveAgain: 'Réexécuter les blocs précédents',

  noScripts: 'La politique de sécurité de cette page empêche les scripts de cette valeur de s’exécuter.',
  showAll: 'Tout afficher',
  saveAll: 'Tout enregistrer',
  held: 'encore {size} caractères',
};
