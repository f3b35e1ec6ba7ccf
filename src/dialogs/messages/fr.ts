import type { Messages } from '../messages.js'

/** Everything the dialogs say, in French: vous; a narrow space that never breaks before `?` and `:`. */
export const french: Messages = {
  locale: 'fr',
  between: ' ',

  askTitle: 'Confirmez que c’est bien vous',
  nextTitle: 'Encore une étape',
  nextText: 'C’est bon. Une seconde confirmation est également nécessaire.',
  action: 'Action',
  account: 'Compte',
  unnamed: (count) =>
    count < 2
      ? 'Ce que vous avez commencé sur cette page'
      : `${String(count)} actions que vous avez commencées ici`,
  stale: (ago) =>
    `Dernière connexion\u202f: ${ago}. Pour continuer, confirmez que c’est toujours bien vous.`,
  everyTime:
    'Cette action demande une confirmation à chaque fois, même si vous venez de vous connecter.',
  ageUnknown:
    'Nous ne savons pas à quand remonte votre dernière connexion. Pour continuer, confirmez que c’est bien vous.',
  stronger: 'Cette action demande une connexion plus sûre que celle que vous avez utilisée.',
  challenged:
    'Pour protéger votre compte, une nouvelle confirmation est nécessaire avant d’effectuer cette action.',
  secondTry:
    'La dernière fois, votre page de connexion ne vous a rien redemandé. Cette fois-ci, elle le fera.',
  signInPage: 'votre page de connexion',
  comesBack: 'Vous reviendrez ensuite ici pour confirmer.',
  pressLater:
    'À votre retour, appuyez de nouveau sur le bouton\u202f: cette action ne peut pas être conservée en votre absence.',
  somePressLater:
    'Vous reviendrez ensuite ici pour confirmer. L’une des actions ne peut pas être conservée en votre absence\u202f: à votre retour, appuyez de nouveau sur son bouton.',
  goesOn: 'L’action sera effectuée dès que vous aurez confirmé.',
  otherWays: 'Autres façons de confirmer',
  methodNames: {
    password: 'Votre mot de passe',
    link: 'Un lien par e-mail',
    passkey: 'Votre clé d’accès',
  },
  codeNames: {
    email: 'Un code par e-mail',
    sms: 'Un code par SMS',
    totp: 'Un code de votre application d’authentification',
  },
  codeName: 'Un code',

  password: 'Mot de passe',
  showPassword: 'Afficher le mot de passe',
  capsLock: 'Le verrouillage des majuscules est activé.',
  missingPassword: 'Saisissez votre mot de passe.',

  code: 'Code',
  missingCode: 'Saisissez le code.',
  digits: (length) => (length < 2 ? `${String(length)} chiffre` : `${String(length)} chiffres`),
  willSendCode: (destination) =>
    destination === null
      ? 'Nous allons vous envoyer un code.'
      : `Nous allons envoyer un code à ${destination}.`,
  sendCode: 'Envoyer le code',
  haveCode: 'J’ai déjà un code',
  codeSent: (destination) =>
    destination === null
      ? 'Nous vous avons envoyé un code.'
      : `Nous avons envoyé un code à ${destination}.`,
  codeFromApp: 'Saisissez le code affiché en ce moment par votre application d’authentification.',
  expiresIn: (time) => `Il reste valable ${time}.`,
  hasExpired: 'Il a expiré entre-temps\u202f: demandez-en un nouveau.',
  newCode: 'Envoyer un nouveau code',
  newIn: (time) => `dans ${time}`,

  willSendLink: (destination) =>
    destination === null
      ? 'Nous allons vous envoyer un lien.'
      : `Nous allons envoyer un lien à ${destination}.`,
  sendLink: 'Envoyer le lien',
  linkSent: (destination) =>
    destination === null
      ? 'Consultez vos e-mails et ouvrez le lien dans ce même navigateur. Cette page continuera dès que le lien aura été utilisé.'
      : `Ouvrez le lien envoyé à ${destination} dans ce même navigateur. Cette page continuera dès que le lien aura été utilisé.`,
  newLink: 'Envoyer un nouveau lien',

  passkeyText:
    'Votre appareil vous demandera votre empreinte digitale, votre visage ou son code PIN.',
  usePasskey: 'Utiliser votre clé d’accès',

  tryAgainIn: (time) => `Vous pourrez réessayer dans ${time}.`,
  offline: {
    title: 'Vous êtes hors ligne.',
    text: 'Ce que vous avez commencé vous attend ici. Continuez une fois la connexion rétablie.',
  },
  framed: {
    title: 'Confirmez sur une page à part.',
    text: 'Cette page est affichée à l’intérieur d’un autre site, qui pourrait observer ce que vous saisissez. Ouvrez-la séparément et recommencez là-bas.',
  },
  openAlone: 'Ouvrir cette page dans un nouvel onglet',
  continueTo: (place) => `Continuer vers ${place}`,
  openWindow: 'Rester ici et utiliser une fenêtre',
  waitingFor: (place) => `Nous attendons ${place}…`,
  finishInWindow:
    'Terminez dans la fenêtre qui s’est ouverte. Cette page continuera ensuite d’elle-même.',
  continueHere: 'Continuer dans cet onglet',
  cancel: 'Annuler',
  close: 'Fermer',
  impersonated: {
    title: 'Seule la personne titulaire du compte peut confirmer',
    text: 'Vous utilisez ce compte au nom de quelqu’un d’autre et ne pouvez pas confirmer à sa place. Demandez-lui de le faire ou revenez à votre propre compte.',
  },

  leaving: (place) => `Redirection vers ${place}…`,
  verifying: 'Vérification…',
  returning: 'Nous vérifions que c’est bien vous…',

  welcome: (name) => (name === null ? 'Bon retour.' : `Bon retour, ${name}.`),
  confirmOne: (label) => `${label}\u202f?`,
  confirmSeveral: 'Voulez-vous toujours faire tout cela\u202f?',
  confirm: 'Confirmer',
  confirmAll: 'Tout confirmer',
  pressAgain:
    'Appuyez de nouveau sur le bouton\u202f: ce que vous avez commencé n’a pas pu être conservé en votre absence.',
  alsoPressAgain:
    'Autre chose que vous avez commencé n’a pas pu être conservé en votre absence. Appuyez de nouveau sur son bouton ensuite.',
  refused: (labels) => `Non confirmé, et donc non effectué\u202f: ${labels}`,
  ok: 'OK',
  resuming: 'Un instant…',

  done: (labels) => `Effectué\u202f: ${labels}`,
  cancelled: 'Annulé. Rien n’a été fait.',
  failed: (count) => ({
    title: 'Cela n’a pas fonctionné',
    text:
      count < 2
        ? 'Votre identité est confirmée, mais cette action n’a pas abouti\u202f:'
        : 'Votre identité est confirmée, mais au moins une de ces actions n’a pas abouti. Vérifiez avant de réessayer\u202f:',
  }),
  unknown: {
    title: 'L’action a peut-être été effectuée',
    text: 'La page s’est fermée pendant l’opération. Vérifiez si elle a été effectuée avant de recommencer\u202f:',
  },
  elsewhere: {
    title: 'Effectué dans un autre onglet',
    text: 'L’opération s’est poursuivie dans un autre onglet\u202f: rien n’a été fait ici.',
  },

  failures: {
    wrong_account: {
      title: 'Quelqu’un d’autre s’est connecté',
      text: 'L’action a été commencée depuis un autre compte\u202f: rien n’a été fait.',
    },
    cancelled: {
      title: 'Vous n’avez pas terminé la confirmation',
      text: 'Rien n’a été fait.',
    },
    aborted: { title: 'L’opération a été interrompue', text: 'Rien n’a été fait.' },
    expired: {
      title: 'Le délai est dépassé',
      text: 'Le chemin de retour a expiré ou a déjà été utilisé. Rien n’a été fait ici\u202f: si vous le souhaitez toujours, recommencez.',
    },
    signed_out: {
      title: 'Votre session est fermée',
      text: 'Aucune session n’est ouverte\u202f: rien n’a été fait. Connectez-vous et recommencez.',
    },
    still_stale: {
      title: 'La connexion ne vous a pas été redemandée',
      text: 'Votre page de connexion vous a laissé passer sans rien demander\u202f: rien n’a été fait. Déconnectez-vous, reconnectez-vous et recommencez.',
    },
    insufficient_acr: {
      title: 'Une connexion plus sûre est nécessaire',
      text: 'Votre page de connexion n’a pas pu confirmer votre identité de la façon requise\u202f: rien n’a été fait. Votre administrateur peut vous indiquer comment en ajouter une.',
    },
    no_method: {
      title: 'Il n’y a aucun moyen de confirmer',
      text: 'Ce compte n’offre aucun moyen de confirmer que c’est bien vous\u202f: l’action ne peut pas être effectuée ici. Adressez-vous à votre administrateur.',
    },
    no_dialog: { title: 'L’affichage a échoué', text: 'Rien n’a été fait. Veuillez réessayer.' },
    invalid_credentials: { title: 'Cela ne correspond pas', text: 'Veuillez réessayer.' },
    code_expired: { title: 'Ce code a expiré', text: 'Demandez-en un nouveau.' },
    locked: { title: 'Trop de tentatives', text: 'Patientez un peu, puis réessayez.' },
    network: {
      title: 'La connexion au réseau a été perdue',
      text: 'Rien n’a été fait. Vérifiez votre connexion et réessayez.',
    },
    provider_error: {
      title: 'La page de connexion a rencontré un problème',
      text: 'Rien n’a été fait. Si cela se reproduit, prévenez votre administrateur.',
    },
    not_resumable: {
      title: 'L’action n’a pas pu être conservée',
      text: 'La page a changé en votre absence\u202f: rien n’a été fait. Veuillez recommencer.',
    },
    storage_unavailable: {
      title: 'Votre navigateur ne conserve rien pour cette page',
      text: 'Ce que vous avez commencé pourrait être perdu\u202f: rien n’a été fait. Autorisez ce site à enregistrer des données, ou quittez la navigation privée, puis réessayez.',
    },
    outcome_unknown: {
      title: 'L’action a peut-être été effectuée',
      text: 'Vérifiez si c’est le cas avant de recommencer.',
    },
  },
  windows: {
    window_blocked: {
      title: 'La fenêtre n’a pas pu s’ouvrir',
      text: 'Votre navigateur bloque les fenêtres de cette page. Autorisez-les ou continuez dans cet onglet.',
    },
    window_closed: {
      title: 'La fenêtre semble fermée',
      text: 'Si elle est encore ouverte, terminez là-bas. Sinon, réessayez ou continuez dans cet onglet.',
    },
  },
  retryable: {
    still_stale: {
      title: 'La connexion ne vous a pas été redemandée',
      text: 'Votre page de connexion ne vous a rien redemandé. Essayez encore une fois\u202f: elle le fera cette fois-ci.',
    },
    expired: {
      title: 'Vous avez attendu un moment',
      text: 'Votre confirmation est trop ancienne\u202f: rien n’a été fait. Confirmez encore une fois pour continuer.',
    },
    signed_out: {
      title: 'Votre session est fermée',
      text: 'Ce que vous avez commencé est conservé quelques minutes. Reconnectez-vous pour continuer.',
    },
    provider_error: {
      title: 'La page de connexion a rencontré un problème',
      text: 'Rien n’a été fait. Veuillez réessayer dans un instant.',
    },
    not_resumable: {
      title: 'L’action ne peut pas attendre en votre absence',
      text: 'Elle contient quelque chose qui ne doit pas être enregistré et ne peut donc pas être effectuée de cette façon. Adressez-vous à votre administrateur.',
    },
  },
  ofMethods: {
    password: {
      invalid_credentials: {
        title: 'Ce mot de passe ne correspond pas.',
        text: 'Veuillez réessayer.',
      },
    },
    code: {
      invalid_credentials: {
        title: 'Ce code ne correspond pas.',
        text: 'Regardez le plus récent et réessayez.',
      },
      code_expired: { title: 'Ce code a expiré.', text: 'Demandez-en un nouveau.' },
    },
    passkey: {
      invalid_credentials: {
        title: 'Cette clé d’accès n’a pas été acceptée.',
        text: 'Essayez-en une autre, ou un autre moyen.',
      },
      cancelled: {
        title: 'Votre clé d’accès n’a pas été utilisée.',
        text: 'Rien n’a été fait. Réessayez ou choisissez un autre moyen.',
      },
    },
  },
  inPage: {
    still_stale: {
      title: 'Cela n’a pas compté comme une nouvelle confirmation.',
      text: 'Rien n’a été fait. Essayez encore une fois, ou un autre moyen.',
    },
    provider_error: {
      title: 'La vérification n’a pas pu se faire.',
      text: 'Rien n’a été fait. Veuillez réessayer dans un instant.',
    },
  },
  tryAgain: 'Réessayer',
  signInAsFirst: 'Se reconnecter avec le premier compte',
  signOut: 'Se déconnecter',
}
