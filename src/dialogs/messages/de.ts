import type { Messages } from '../messages.js'

/** Everything the dialogs say, in German: Sie; places stand in the one case that needs no ending. */
export const german: Messages = {
  locale: 'de',
  between: ' ',

  askTitle: 'Bestätigen Sie, dass Sie es sind',
  nextTitle: 'Noch ein Schritt',
  nextText: 'Das war richtig. Hierfür ist noch eine zweite Bestätigung nötig.',
  action: 'Aktion',
  account: 'Konto',
  unnamed: (count) =>
    count === 1
      ? 'Was Sie auf dieser Seite begonnen haben'
      : `${String(count)} Aktionen, die Sie hier begonnen haben`,
  stale: (ago) =>
    `Sie haben sich ${ago} angemeldet. Bestätigen Sie bitte, dass Sie es noch sind, um fortzufahren.`,
  everyTime: 'Hierfür ist jedes Mal eine Bestätigung nötig, auch kurz nach der Anmeldung.',
  ageUnknown:
    'Wir wissen nicht, wann Sie sich zuletzt angemeldet haben. Bestätigen Sie bitte, dass Sie es sind, um fortzufahren.',
  stronger: 'Hierfür ist eine sicherere Anmeldung nötig als die, die Sie verwendet haben.',
  challenged: 'Zum Schutz Ihres Kontos ist vorher eine neue Bestätigung nötig.',
  secondTry:
    'Beim letzten Mal hat Ihre Anmeldeseite Sie nicht erneut gefragt. Diesmal wird sie es tun.',
  signInPage: 'Ihre Anmeldeseite',
  comesBack: 'Danach kehren Sie hierher zurück und bestätigen.',
  pressLater:
    'Wenn Sie zurück sind, drücken Sie die Schaltfläche noch einmal: Diese Aktion kann in Ihrer Abwesenheit nicht aufbewahrt werden.',
  somePressLater:
    'Danach kehren Sie hierher zurück und bestätigen. Eine Aktion kann in Ihrer Abwesenheit nicht aufbewahrt werden: Wenn Sie zurück sind, drücken Sie deren Schaltfläche noch einmal.',
  goesOn: 'Die Aktion wird ausgeführt, sobald Sie bestätigt haben.',
  otherWays: 'Andere Wege zu bestätigen',
  methodNames: {
    password: 'Ihr Passwort',
    link: 'Ein Link per E-Mail',
    passkey: 'Ihr Passkey',
  },
  codeNames: {
    email: 'Ein Code per E-Mail',
    sms: 'Ein Code per SMS',
    totp: 'Ein Code aus Ihrer Authenticator-App',
  },
  codeName: 'Ein Code',

  password: 'Passwort',
  showPassword: 'Passwort anzeigen',
  capsLock: 'Die Feststelltaste ist aktiviert.',
  missingPassword: 'Geben Sie Ihr Passwort ein.',

  code: 'Code',
  missingCode: 'Geben Sie den Code ein.',
  digits: (length) => (length === 1 ? '1 Ziffer' : `${String(length)} Ziffern`),
  willSendCode: (destination) =>
    destination === null
      ? 'Wir senden Ihnen einen Code.'
      : `Wir senden einen Code an ${destination}.`,
  sendCode: 'Code senden',
  haveCode: 'Ich habe schon einen Code',
  codeSent: (destination) =>
    destination === null
      ? 'Wir haben Ihnen einen Code gesendet.'
      : `Wir haben einen Code an ${destination} gesendet.`,
  codeFromApp: 'Geben Sie den Code ein, den Ihre Authenticator-App gerade anzeigt.',
  expiresIn: (time) => `Er ist noch ${time} gültig.`,
  hasExpired: 'Er ist inzwischen abgelaufen: Fordern Sie einen neuen an.',
  newCode: 'Neuen Code senden',
  newIn: (time) => `in ${time}`,

  willSendLink: (destination) =>
    destination === null
      ? 'Wir senden Ihnen einen Link.'
      : `Wir senden einen Link an ${destination}.`,
  sendLink: 'Link senden',
  linkSent: (destination) =>
    destination === null
      ? 'Sehen Sie in Ihrem Postfach nach und öffnen Sie den Link in diesem Browser. Sobald der Link verwendet wurde, geht es auf dieser Seite weiter.'
      : `Sehen Sie im Postfach von ${destination} nach und öffnen Sie den Link in diesem Browser. Sobald der Link verwendet wurde, geht es auf dieser Seite weiter.`,
  newLink: 'Neuen Link senden',

  passkeyText: 'Ihr Gerät fragt nach Ihrem Fingerabdruck, Ihrem Gesicht oder seiner PIN.',
  usePasskey: 'Passkey verwenden',

  tryAgainIn: (time) => `In ${time} können Sie es erneut versuchen.`,
  offline: {
    title: 'Sie sind offline.',
    text: 'Was Sie begonnen haben, wartet hier. Machen Sie weiter, wenn Sie wieder verbunden sind.',
  },
  framed: {
    title: 'Bestätigen Sie auf einer eigenen Seite.',
    text: 'Diese Seite wird innerhalb einer anderen Website angezeigt, die Ihre Eingaben beobachten könnte. Öffnen Sie sie für sich allein und beginnen Sie dort noch einmal.',
  },
  openAlone: 'Diese Seite in neuem Tab öffnen',
  continueTo: (place) => `Weiter über ${place}`,
  openWindow: 'Hier bleiben und ein Fenster verwenden',
  waitingFor: (place) => `Warten auf ${place}\u00a0…`,
  finishInWindow:
    'Schließen Sie den Vorgang im geöffneten Fenster ab. Danach geht es auf dieser Seite von selbst weiter.',
  continueHere: 'In diesem Tab fortfahren',
  cancel: 'Abbrechen',
  close: 'Schließen',
  impersonated: {
    title: 'Das kann nur bestätigen, wem das Konto gehört',
    text: 'Sie verwenden dieses Konto im Namen einer anderen Person und können nicht an ihrer Stelle bestätigen. Bitten Sie diese Person darum oder kehren Sie zu Ihrem eigenen Konto zurück.',
  },

  leaving: (place) => `Weiterleitung an ${place}\u00a0…`,
  verifying: 'Wird geprüft\u00a0…',
  returning: 'Wir prüfen, ob Sie es sind\u00a0…',

  welcome: (name) => (name === null ? 'Willkommen zurück.' : `Willkommen zurück, ${name}.`),
  confirmOne: (label) => `${label}?`,
  confirmSeveral: 'Möchten Sie das alles weiterhin tun?',
  confirm: 'Bestätigen',
  confirmAll: 'Alles bestätigen',
  pressAgain:
    'Drücken Sie die Schaltfläche noch einmal: Was Sie begonnen haben, konnte in Ihrer Abwesenheit nicht aufbewahrt werden.',
  alsoPressAgain:
    'Etwas anderes, das Sie begonnen haben, konnte in Ihrer Abwesenheit nicht aufbewahrt werden. Drücken Sie danach dessen Schaltfläche noch einmal.',
  refused: (labels) => `Nicht bestätigt und daher nicht ausgeführt: ${labels}`,
  ok: 'OK',
  resuming: 'Einen Moment\u00a0…',

  done: (labels) => `Erledigt: ${labels}`,
  cancelled: 'Abgebrochen. Es wurde nichts ausgeführt.',
  failed: (count) => ({
    title: 'Das hat nicht geklappt',
    text:
      count === 1
        ? 'Ihre Identität ist bestätigt, aber Folgendes hat nicht geklappt:'
        : 'Ihre Identität ist bestätigt, aber mindestens eine dieser Aktionen hat nicht geklappt. Sehen Sie nach, bevor Sie es erneut versuchen:',
  }),
  unknown: {
    title: 'Das wurde vielleicht schon ausgeführt',
    text: 'Die Seite wurde währenddessen geschlossen. Sehen Sie nach, ob es ausgeführt wurde, bevor Sie es wiederholen:',
  },
  elsewhere: {
    title: 'In einem anderen Tab erledigt',
    text: 'Der Vorgang lief in einem anderen Tab weiter, daher wurde hier nichts ausgeführt.',
  },

  failures: {
    wrong_account: {
      title: 'Jemand anderes hat sich angemeldet',
      text: 'Dies wurde mit einem anderen Konto begonnen, daher wurde nichts ausgeführt.',
    },
    cancelled: {
      title: 'Sie haben die Bestätigung nicht abgeschlossen',
      text: 'Es wurde nichts ausgeführt.',
    },
    aborted: { title: 'Der Vorgang wurde angehalten', text: 'Es wurde nichts ausgeführt.' },
    expired: {
      title: 'Das hat zu lange gedauert',
      text: 'Der Rückweg ist abgelaufen oder wurde schon verwendet. Hier wurde nichts ausgeführt: Wenn Sie es noch möchten, beginnen Sie von vorn.',
    },
    signed_out: {
      title: 'Sie sind abgemeldet',
      text: 'Niemand ist angemeldet, daher wurde nichts ausgeführt. Melden Sie sich an und beginnen Sie von vorn.',
    },
    still_stale: {
      title: 'Sie wurden nicht erneut zur Anmeldung aufgefordert',
      text: 'Ihre Anmeldeseite hat Sie ohne Nachfrage durchgelassen, daher wurde nichts ausgeführt. Melden Sie sich ab und wieder an und beginnen Sie von vorn.',
    },
    insufficient_acr: {
      title: 'Eine stärkere Anmeldung ist nötig',
      text: 'Ihre Anmeldeseite konnte Ihre Identität nicht auf die nötige Weise bestätigen, daher wurde nichts ausgeführt. Ihre Administration kann Ihnen sagen, wie Sie eine solche Anmeldung einrichten.',
    },
    no_method: {
      title: 'Es gibt keinen Weg zu bestätigen',
      text: 'Mit diesem Konto lässt sich auf keinem Weg bestätigen, dass Sie es sind, daher geht das hier nicht. Bitte wenden Sie sich an Ihre Administration.',
    },
    no_dialog: {
      title: 'Das konnte nicht angezeigt werden',
      text: 'Es wurde nichts ausgeführt. Bitte versuchen Sie es erneut.',
    },
    invalid_credentials: {
      title: 'Das stimmt nicht überein',
      text: 'Bitte versuchen Sie es erneut.',
    },
    code_expired: { title: 'Dieser Code ist abgelaufen', text: 'Fordern Sie einen neuen an.' },
    locked: {
      title: 'Zu viele Versuche',
      text: 'Bitte warten Sie ein wenig und versuchen Sie es dann erneut.',
    },
    network: {
      title: 'Die Verbindung wurde unterbrochen',
      text: 'Es wurde nichts ausgeführt. Prüfen Sie Ihre Verbindung und versuchen Sie es erneut.',
    },
    provider_error: {
      title: 'Auf der Anmeldeseite ist ein Problem aufgetreten',
      text: 'Es wurde nichts ausgeführt. Wenn das wieder vorkommt, geben Sie bitte Ihrer Administration Bescheid.',
    },
    not_resumable: {
      title: 'Das konnte nicht aufbewahrt werden',
      text: 'Die Seite hat sich in Ihrer Abwesenheit geändert, daher wurde nichts ausgeführt. Bitte beginnen Sie von vorn.',
    },
    storage_unavailable: {
      title: 'Ihr Browser bewahrt für diese Seite nichts auf',
      text: 'Was Sie begonnen haben, könnte verloren gehen, daher wurde nichts ausgeführt. Erlauben Sie dieser Website, Daten zu speichern, oder verlassen Sie den privaten Modus, und versuchen Sie es erneut.',
    },
    outcome_unknown: {
      title: 'Das wurde vielleicht schon ausgeführt',
      text: 'Sehen Sie nach, ob es ausgeführt wurde, bevor Sie es wiederholen.',
    },
  },
  windows: {
    window_blocked: {
      title: 'Das Fenster ließ sich nicht öffnen',
      text: 'Ihr Browser blockiert Fenster von dieser Seite. Erlauben Sie sie oder fahren Sie in diesem Tab fort.',
    },
    window_closed: {
      title: 'Das Fenster ist offenbar geschlossen',
      text: 'Wenn es noch offen ist, schließen Sie den Vorgang dort ab. Sonst versuchen Sie es erneut oder fahren Sie in diesem Tab fort.',
    },
  },
  retryable: {
    still_stale: {
      title: 'Sie wurden nicht erneut zur Anmeldung aufgefordert',
      text: 'Ihre Anmeldeseite hat Sie nicht erneut gefragt. Versuchen Sie es noch einmal: Diesmal wird sie es tun.',
    },
    expired: {
      title: 'Sie haben eine Weile gewartet',
      text: 'Ihre Bestätigung liegt zu lange zurück, daher wurde nichts ausgeführt. Bestätigen Sie noch einmal, um fortzufahren.',
    },
    signed_out: {
      title: 'Sie sind abgemeldet',
      text: 'Was Sie begonnen haben, wird einige Minuten aufbewahrt. Melden Sie sich wieder an, um fortzufahren.',
    },
    provider_error: {
      title: 'Auf der Anmeldeseite ist ein Problem aufgetreten',
      text: 'Es wurde nichts ausgeführt. Bitte versuchen Sie es gleich noch einmal.',
    },
    not_resumable: {
      title: 'Das kann in Ihrer Abwesenheit nicht warten',
      text: 'Es enthält etwas, das nicht gespeichert werden darf, und lässt sich daher so nicht ausführen. Bitte wenden Sie sich an Ihre Administration.',
    },
  },
  ofMethods: {
    password: {
      invalid_credentials: {
        title: 'Dieses Passwort stimmt nicht überein.',
        text: 'Bitte versuchen Sie es erneut.',
      },
    },
    code: {
      invalid_credentials: {
        title: 'Dieser Code stimmt nicht überein.',
        text: 'Sehen Sie sich den neuesten an und versuchen Sie es erneut.',
      },
      code_expired: { title: 'Dieser Code ist abgelaufen.', text: 'Fordern Sie einen neuen an.' },
    },
    passkey: {
      invalid_credentials: {
        title: 'Dieser Passkey wurde nicht angenommen.',
        text: 'Versuchen Sie es mit einem anderen oder auf einem anderen Weg.',
      },
      cancelled: {
        title: 'Ihr Passkey wurde nicht verwendet.',
        text: 'Es wurde nichts ausgeführt. Versuchen Sie es erneut oder wählen Sie einen anderen Weg.',
      },
    },
  },
  inPage: {
    still_stale: {
      title: 'Das zählte nicht als neue Bestätigung.',
      text: 'Es wurde nichts ausgeführt. Versuchen Sie es noch einmal oder auf einem anderen Weg.',
    },
    provider_error: {
      title: 'Das konnte nicht geprüft werden.',
      text: 'Es wurde nichts ausgeführt. Bitte versuchen Sie es gleich noch einmal.',
    },
  },
  tryAgain: 'Erneut versuchen',
  signInAsFirst: 'Wieder mit dem ersten Konto anmelden',
  signOut: 'Abmelden',
}
