import type { Messages } from '../messages.js'

/** Everything the dialogs say, in Spanish: tú, and words that are at home on both continents. */
export const spanish: Messages = {
  locale: 'es',
  between: ' ',

  askTitle: 'Confirma que eres tú',
  nextTitle: 'Un paso más',
  nextText: 'Correcto. Esto requiere además una segunda confirmación.',
  action: 'Acción',
  account: 'Cuenta',
  unnamed: (count) =>
    count === 1
      ? 'Lo que iniciaste en esta página'
      : `${String(count)} acciones que iniciaste aquí`,
  stale: (ago) => `Iniciaste sesión ${ago}. Para continuar, confirma que sigues siendo tú.`,
  everyTime: 'Esto requiere que lo confirmes cada vez, aunque acabes de iniciar sesión.',
  ageUnknown:
    'No sabemos cuándo iniciaste sesión por última vez. Para continuar, confirma que eres tú.',
  stronger: 'Esto requiere un inicio de sesión más seguro que el que usaste.',
  challenged: 'Para proteger tu cuenta, hace falta una nueva confirmación antes de hacerlo.',
  secondTry:
    'La última vez, tu página de inicio de sesión no te lo volvió a pedir. Esta vez lo hará.',
  signInPage: 'tu página de inicio de sesión',
  comesBack: 'Después volverás aquí para confirmarlo.',
  pressLater:
    'Cuando vuelvas, pulsa el botón otra vez: esta acción no se puede conservar mientras no estás.',
  somePressLater:
    'Después volverás aquí para confirmarlo. Una de las acciones no se puede conservar mientras no estás: cuando vuelvas, pulsa su botón otra vez.',
  goesOn: 'Se hará en cuanto lo confirmes.',
  otherWays: 'Otras formas de confirmar',
  methodNames: {
    password: 'Tu contraseña',
    link: 'Un enlace por correo electrónico',
    passkey: 'Tu llave de acceso',
  },
  codeNames: {
    email: 'Un código por correo electrónico',
    sms: 'Un código por SMS',
    totp: 'Un código de tu app de autenticación',
  },
  codeName: 'Un código',

  password: 'Contraseña',
  showPassword: 'Mostrar contraseña',
  capsLock: 'El bloqueo de mayúsculas está activado.',
  missingPassword: 'Escribe tu contraseña.',

  code: 'Código',
  missingCode: 'Escribe el código.',
  digits: (length) => (length === 1 ? '1 dígito' : `${String(length)} dígitos`),
  willSendCode: (destination) =>
    destination === null ? 'Te enviaremos un código.' : `Te enviaremos un código a ${destination}.`,
  sendCode: 'Enviar el código',
  haveCode: 'Ya tengo un código',
  codeSent: (destination) =>
    destination === null
      ? 'Te hemos enviado un código.'
      : `Te hemos enviado un código a ${destination}.`,
  codeFromApp: 'Escribe el código que muestra ahora tu app de autenticación.',
  expiresIn: (time) => `Caduca en ${time}.`,
  hasExpired: 'Ya ha caducado: pide uno nuevo.',
  newCode: 'Enviar otro código',
  newIn: (time) => `en ${time}`,

  willSendLink: (destination) =>
    destination === null ? 'Te enviaremos un enlace.' : `Te enviaremos un enlace a ${destination}.`,
  sendLink: 'Enviar el enlace',
  linkSent: (destination) =>
    destination === null
      ? 'Revisa tu correo y abre el enlace en este mismo navegador. Esta página continuará cuando lo hayas usado.'
      : `Revisa el correo de ${destination} y abre el enlace en este mismo navegador. Esta página continuará cuando lo hayas usado.`,
  newLink: 'Enviar otro enlace',

  passkeyText: 'Tu dispositivo te pedirá la huella digital, el rostro o el PIN.',
  usePasskey: 'Usar tu llave de acceso',

  tryAgainIn: (time) => `Puedes volver a intentarlo en ${time}.`,
  offline: {
    title: 'No tienes conexión.',
    text: 'Lo que iniciaste te espera aquí. Continúa cuando vuelvas a tener conexión.',
  },
  framed: {
    title: 'Confirma en una página aparte.',
    text: 'Esta página se muestra dentro de otro sitio web, que podría ver lo que escribes. Ábrela por separado y empieza de nuevo allí.',
  },
  openAlone: 'Abrir esta página en una pestaña nueva',
  continueTo: (place) => `Continuar en ${place}`,
  openWindow: 'Seguir aquí y usar una ventana',
  waitingFor: (place) => `Esperando a ${place}…`,
  finishInWindow:
    'Termina en la ventana que se ha abierto. Después, esta página continuará por sí sola.',
  continueHere: 'Continuar en esta pestaña',
  cancel: 'Cancelar',
  close: 'Cerrar',
  impersonated: {
    title: 'Solo la persona titular puede confirmar esto',
    text: 'Estás usando esta cuenta en nombre de otra persona y no puedes confirmar en su lugar. Pídele que lo haga o vuelve a tu propia cuenta.',
  },

  leaving: (place) => `Te llevamos a ${place}…`,
  verifying: 'Comprobando…',
  returning: 'Comprobando que eres tú…',

  welcome: (name) =>
    name === null
      ? 'Te damos la bienvenida de nuevo.'
      : `Te damos la bienvenida de nuevo, ${name}.`,
  confirmOne: (label) => `¿${label}?`,
  confirmSeveral: '¿Todavía quieres hacer todo esto?',
  confirm: 'Confirmar',
  confirmAll: 'Confirmar todo',
  pressAgain: 'Pulsa el botón otra vez: lo que iniciaste no se pudo conservar mientras no estabas.',
  alsoPressAgain:
    'Otra cosa que iniciaste no se pudo conservar mientras no estabas. Pulsa su botón otra vez después.',
  refused: (labels) => `Esto no se pudo confirmar y no se hizo: ${labels}`,
  ok: 'Aceptar',
  resuming: 'Un momento…',

  done: (labels) => `Hecho: ${labels}`,
  cancelled: 'Cancelado. No se hizo nada.',
  failed: (count) => ({
    title: 'No funcionó',
    text:
      count === 1
        ? 'Tu identidad está confirmada, pero esto no funcionó:'
        : 'Tu identidad está confirmada, pero al menos una de estas acciones no funcionó. Compruébalo antes de volver a intentarlo:',
  }),
  unknown: {
    title: 'Puede que ya se haya hecho',
    text: 'La página se cerró mientras esto estaba en curso. Comprueba si se hizo antes de repetirlo:',
  },
  elsewhere: {
    title: 'Hecho en otra pestaña',
    text: 'Esto continuó en otra pestaña, así que aquí no se hizo nada.',
  },

  failures: {
    wrong_account: {
      title: 'Otra persona inició sesión',
      text: 'Esto se inició desde otra cuenta, así que no se hizo nada.',
    },
    cancelled: { title: 'No terminaste de confirmar', text: 'No se hizo nada.' },
    aborted: { title: 'Esto se detuvo', text: 'No se hizo nada.' },
    expired: {
      title: 'Pasó demasiado tiempo',
      text: 'El camino de vuelta ha caducado o ya se usó. Aquí no se hizo nada: si todavía lo quieres, empieza de nuevo.',
    },
    signed_out: {
      title: 'Tu sesión está cerrada',
      text: 'No hay ninguna sesión abierta, así que no se hizo nada. Inicia sesión y empieza de nuevo.',
    },
    still_stale: {
      title: 'No se te pidió volver a iniciar sesión',
      text: 'Tu página de inicio de sesión te dejó pasar sin preguntar, así que no se hizo nada. Cierra la sesión, vuelve a iniciarla y empieza de nuevo.',
    },
    insufficient_acr: {
      title: 'Hace falta un inicio de sesión más seguro',
      text: 'Tu página de inicio de sesión no pudo confirmar tu identidad de la forma que esto requiere, así que no se hizo nada. Tu administrador puede indicarte cómo añadir esa forma.',
    },
    no_method: {
      title: 'No hay ninguna forma de confirmar',
      text: 'Esta cuenta no tiene ninguna forma de confirmar que eres tú, así que esto no se puede hacer aquí. Consulta a tu administrador.',
    },
    no_dialog: { title: 'No se pudo mostrar', text: 'No se hizo nada. Vuelve a intentarlo.' },
    invalid_credentials: { title: 'No coincide', text: 'Vuelve a intentarlo.' },
    code_expired: { title: 'Ese código ha caducado', text: 'Pide uno nuevo.' },
    locked: { title: 'Demasiados intentos', text: 'Espera un poco y vuelve a intentarlo.' },
    network: {
      title: 'Se perdió la conexión',
      text: 'No se hizo nada. Comprueba tu conexión y vuelve a intentarlo.',
    },
    provider_error: {
      title: 'La página de inicio de sesión tuvo un problema',
      text: 'No se hizo nada. Si vuelve a ocurrir, avisa a tu administrador.',
    },
    not_resumable: {
      title: 'No se pudo conservar',
      text: 'La página cambió mientras no estabas, así que no se hizo nada. Empieza de nuevo.',
    },
    storage_unavailable: {
      title: 'Tu navegador no guarda nada de esta página',
      text: 'Lo que iniciaste podría perderse, así que no se hizo nada. Permite que este sitio guarde datos, o sal de la navegación privada, y vuelve a intentarlo.',
    },
    outcome_unknown: {
      title: 'Puede que ya se haya hecho',
      text: 'Comprueba si se hizo antes de repetirlo.',
    },
  },
  windows: {
    window_blocked: {
      title: 'No se pudo abrir la ventana',
      text: 'Tu navegador bloquea las ventanas de esta página. Permítelas o continúa en esta pestaña.',
    },
    window_closed: {
      title: 'Parece que la ventana está cerrada',
      text: 'Si sigue abierta, termina allí. Si no, vuelve a intentarlo o continúa en esta pestaña.',
    },
  },
  retryable: {
    still_stale: {
      title: 'No se te pidió volver a iniciar sesión',
      text: 'Tu página de inicio de sesión no te lo volvió a pedir. Inténtalo una vez más: esta vez lo hará.',
    },
    expired: {
      title: 'Esperaste un rato',
      text: 'Pasó demasiado tiempo desde que confirmaste, así que no se hizo nada. Confirma otra vez para continuar.',
    },
    signed_out: {
      title: 'Tu sesión está cerrada',
      text: 'Lo que iniciaste se conserva unos minutos. Vuelve a iniciar sesión para continuar.',
    },
    provider_error: {
      title: 'La página de inicio de sesión tuvo un problema',
      text: 'No se hizo nada. Vuelve a intentarlo dentro de un momento.',
    },
    not_resumable: {
      title: 'Esto no puede esperar mientras no estás',
      text: 'Contiene algo que no se debe guardar, así que no se puede hacer de esta forma. Consulta a tu administrador.',
    },
  },
  ofMethods: {
    password: {
      invalid_credentials: { title: 'Esa contraseña no coincide.', text: 'Vuelve a intentarlo.' },
    },
    code: {
      invalid_credentials: {
        title: 'Ese código no coincide.',
        text: 'Mira el más reciente y vuelve a intentarlo.',
      },
      code_expired: { title: 'Ese código ha caducado.', text: 'Pide uno nuevo.' },
    },
    passkey: {
      invalid_credentials: {
        title: 'No se aceptó esa llave de acceso.',
        text: 'Prueba con otra, o de otra forma.',
      },
      cancelled: {
        title: 'No se usó tu llave de acceso.',
        text: 'No se hizo nada. Vuelve a intentarlo o elige otra forma.',
      },
    },
  },
  inPage: {
    still_stale: {
      title: 'Eso no contó como una nueva confirmación.',
      text: 'No se hizo nada. Inténtalo una vez más, o de otra forma.',
    },
    provider_error: {
      title: 'No se pudo comprobar.',
      text: 'No se hizo nada. Vuelve a intentarlo dentro de un momento.',
    },
  },
  tryAgain: 'Volver a intentarlo',
  signInAsFirst: 'Volver a iniciar sesión con la primera cuenta',
  signOut: 'Cerrar sesión',
}
