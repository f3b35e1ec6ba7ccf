import type { Messages } from '../messages.js'

/** Everything the dialogs say, in Japanese: です・ます, full-width punctuation. */
export const japanese: Messages = {
  locale: 'ja',
  between: '',

  askTitle: 'ご本人であることの確認',
  nextTitle: 'あと 1 ステップです',
  nextText: '確認できました。この操作には、もう一つの方法での確認も必要です。',
  action: '操作',
  account: 'アカウント',
  unnamed: (count) =>
    count === 1 ? 'このページで開始した操作' : `ここで開始した ${String(count)} 件の操作`,
  stale: (ago) =>
    `${ago}にログインしています。続けるには、引き続きご本人であることを確認してください。`,
  everyTime: 'この操作では、ログインした直後でも毎回確認が必要です。',
  ageUnknown:
    '最後にログインした日時がわかりません。続けるには、ご本人であることを確認してください。',
  stronger: 'この操作には、今回よりも安全な方法でのログインが必要です。',
  challenged: 'アカウントを保護するため、実行の前にもう一度確認が必要です。',
  secondTry: '前回は、ログインページで再確認が行われませんでした。今回は行われます。',
  signInPage: 'ログインページ',
  comesBack: '確認後はこのページに戻り、実行するかどうかをお選びいただけます。',
  pressLater:
    '戻ったら、もう一度ボタンを押してください。この操作は、ページを離れている間は保持できません。',
  somePressLater:
    '確認後はこのページに戻り、実行するかどうかをお選びいただけます。ページを離れている間は保持できない操作が 1 件あります。戻ったら、そのボタンをもう一度押してください。',
  goesOn: '確認が済むとすぐに実行されます。',
  otherWays: '別の確認方法',
  methodNames: {
    password: 'パスワード',
    link: 'メールで届くリンク',
    passkey: 'パスキー',
  },
  codeNames: {
    email: 'メールで届くコード',
    sms: 'SMS で届くコード',
    totp: '認証アプリのコード',
  },
  codeName: '確認コード',

  password: 'パスワード',
  showPassword: 'パスワードを表示',
  capsLock: 'Caps Lock がオンになっています。',
  missingPassword: 'パスワードを入力してください。',

  code: '確認コード',
  missingCode: '確認コードを入力してください。',
  digits: (length) => `${String(length)} 桁`,
  willSendCode: (destination) =>
    destination === null ? '確認コードを送信します。' : `${destination} に確認コードを送信します。`,
  sendCode: 'コードを送信',
  haveCode: 'コードは受け取り済み',
  codeSent: (destination) =>
    destination === null
      ? '確認コードを送信しました。'
      : `${destination} に確認コードを送信しました。`,
  codeFromApp: '認証アプリに今表示されているコードを入力してください。',
  expiresIn: (time) => `有効期限はあと ${time}です。`,
  hasExpired: '有効期限が切れました。新しいコードを送信してください。',
  newCode: '新しいコードを送信',
  newIn: (time) => `あと ${time}`,

  willSendLink: (destination) =>
    destination === null ? 'リンクを送信します。' : `${destination} にリンクを送信します。`,
  sendLink: 'リンクを送信',
  linkSent: (destination) =>
    destination === null
      ? 'メールを確認し、このブラウザーでリンクを開いてください。リンクを開くと、このページは自動的に進みます。'
      : `${destination} に届いたメールを確認し、このブラウザーでリンクを開いてください。リンクを開くと、このページは自動的に進みます。`,
  newLink: '新しいリンクを送信',

  passkeyText: 'お使いのデバイスで、指紋、顔、または PIN による確認が求められます。',
  usePasskey: 'パスキーを使用',

  tryAgainIn: (time) => `${time}後にもう一度お試しください。`,
  offline: {
    title: 'オフラインです。',
    text: '開始した操作はここで待機しています。接続が戻ったら続けてください。',
  },
  framed: {
    title: '単独のページで確認してください。',
    text: 'このページは別のウェブサイトの中に表示されており、入力内容を見られるおそれがあります。このページだけを開き、そこで最初からやり直してください。',
  },
  openAlone: 'このページを新しいタブで開く',
  continueTo: (place) => `${place}に進む`,
  openWindow: 'ここに残って別のウィンドウを使う',
  waitingFor: (place) => `${place}での確認を待っています…`,
  finishInWindow:
    '開いたウィンドウで確認を完了してください。完了すると、このページは自動的に進みます。',
  continueHere: 'このタブで続ける',
  cancel: 'キャンセル',
  close: '閉じる',
  impersonated: {
    title: 'アカウントの所有者だけが確認できます',
    text: '現在、ほかの人に代わってこのアカウントを使用しているため、代わりに確認することはできません。所有者に依頼するか、ご自身のアカウントに戻ってください。',
  },

  leaving: (place) => `${place}に移動しています…`,
  verifying: '確認しています…',
  returning: 'ご本人であることを確認しています…',

  welcome: (name) => (name === null ? 'おかえりなさい。' : `${name}さん、おかえりなさい。`),
  confirmOne: (label) => `「${label}」を実行しますか？`,
  confirmSeveral: 'これらの操作をすべて実行しますか？',
  confirm: '確認する',
  confirmAll: 'すべて確認する',
  pressAgain:
    'もう一度ボタンを押してください。開始した操作は、ページを離れている間は保持できませんでした。',
  alsoPressAgain:
    'ほかにも、ページを離れている間は保持できなかった操作があります。後でそのボタンをもう一度押してください。',
  refused: (labels) => `確認できなかったため、次の操作は実行されませんでした：${labels}`,
  ok: 'OK',
  resuming: 'しばらくお待ちください…',

  done: (labels) => `完了しました：${labels}`,
  cancelled: 'キャンセルしました。何も実行されていません。',
  failed: (count) => ({
    title: '操作に失敗しました',
    text:
      count === 1
        ? 'ご本人であることは確認できましたが、次の操作は失敗しました。'
        : 'ご本人であることは確認できましたが、次の操作のうち少なくとも 1 件が失敗しました。やり直す前に、状態を確認してください。',
  }),
  unknown: {
    title: 'すでに実行された可能性があります',
    text: '実行中にページが閉じられました。やり直す前に、次の操作が実行されたかどうかを確認してください。',
  },
  elsewhere: {
    title: '別のタブで完了しました',
    text: '操作は別のタブで続行されたため、ここでは何も実行されていません。',
  },

  failures: {
    wrong_account: {
      title: '別の人がログインしました',
      text: 'この操作は別のアカウントで開始されたため、何も実行されていません。',
    },
    cancelled: { title: '確認が完了していません', text: '何も実行されていません。' },
    aborted: { title: '操作は中止されました', text: '何も実行されていません。' },
    expired: {
      title: '時間がかかりすぎました',
      text: 'このページに戻るための情報は、有効期限が切れているか、すでに使用されています。ここでは何も実行されていません。必要な場合は、最初からやり直してください。',
    },
    signed_out: {
      title: 'ログアウトしています',
      text: 'ログインしていないため、何も実行されていません。ログインして、最初からやり直してください。',
    },
    still_stale: {
      title: '再ログインを求められませんでした',
      text: 'ログインページで再確認が行われなかったため、何も実行されていません。いったんログアウトし、ログインしてから最初からやり直してください。',
    },
    insufficient_acr: {
      title: 'より安全なログインが必要です',
      text: 'ログインページで、この操作に必要な方法での確認ができなかったため、何も実行されていません。追加の方法については管理者にお問い合わせください。',
    },
    no_method: {
      title: '確認する方法がありません',
      text: 'このアカウントにはご本人であることを確認する方法がないため、ここでは実行できません。管理者にお問い合わせください。',
    },
    no_dialog: {
      title: '表示できませんでした',
      text: '何も実行されていません。もう一度お試しください。',
    },
    invalid_credentials: { title: '一致しません', text: 'もう一度お試しください。' },
    code_expired: {
      title: 'このコードは有効期限が切れています',
      text: '新しいコードを送信してください。',
    },
    locked: { title: '試行回数が多すぎます', text: 'しばらく待ってから、もう一度お試しください。' },
    network: {
      title: '接続が切れました',
      text: '何も実行されていません。接続を確認して、もう一度お試しください。',
    },
    provider_error: {
      title: 'ログインページで問題が発生しました',
      text: '何も実行されていません。繰り返し発生する場合は、管理者にお知らせください。',
    },
    not_resumable: {
      title: '操作を保持できませんでした',
      text: '離れている間にページが変更されたため、何も実行されていません。最初からやり直してください。',
    },
    storage_unavailable: {
      title: 'ブラウザーがこのページのデータを保存できません',
      text: '開始した操作が失われるおそれがあるため、何も実行されていません。このサイトのデータの保存を許可するか、プライベートブラウズを終了して、もう一度お試しください。',
    },
    outcome_unknown: {
      title: 'すでに実行された可能性があります',
      text: 'やり直す前に、実行されたかどうかを確認してください。',
    },
  },
  windows: {
    window_blocked: {
      title: 'ウィンドウを開けませんでした',
      text: 'ブラウザーがこのページからのウィンドウをブロックしています。許可するか、このタブで続けてください。',
    },
    window_closed: {
      title: 'ウィンドウが閉じられたようです',
      text: 'まだ開いている場合は、そこで完了してください。そうでない場合は、もう一度試すか、このタブで続けてください。',
    },
  },
  retryable: {
    still_stale: {
      title: '再ログインを求められませんでした',
      text: 'ログインページで再確認が行われませんでした。もう一度お試しください。今度は行われます。',
    },
    expired: {
      title: 'しばらく時間が空きました',
      text: '確認から時間が経ちすぎたため、何も実行されていません。続けるには、もう一度確認してください。',
    },
    signed_out: {
      title: 'ログアウトしています',
      text: '開始した操作は数分間保持されます。続けるには、もう一度ログインしてください。',
    },
    provider_error: {
      title: 'ログインページで問題が発生しました',
      text: '何も実行されていません。しばらくしてから、もう一度お試しください。',
    },
    not_resumable: {
      title: 'この操作はページを離れている間は保持できません',
      text: '保存してはならない情報が含まれているため、この方法では実行できません。管理者にお問い合わせください。',
    },
  },
  ofMethods: {
    password: {
      invalid_credentials: {
        title: 'パスワードが一致しません。',
        text: 'もう一度お試しください。',
      },
    },
    code: {
      invalid_credentials: {
        title: 'コードが一致しません。',
        text: '最新のコードを確認して、もう一度お試しください。',
      },
      code_expired: {
        title: 'このコードは有効期限が切れています。',
        text: '新しいコードを送信してください。',
      },
    },
    passkey: {
      invalid_credentials: {
        title: 'このパスキーは受け付けられませんでした。',
        text: '別のパスキーか、別の方法をお試しください。',
      },
      cancelled: {
        title: 'パスキーは使用されませんでした。',
        text: '何も実行されていません。もう一度試すか、別の方法を選んでください。',
      },
    },
  },
  inPage: {
    still_stale: {
      title: '新しい確認として認められませんでした。',
      text: '何も実行されていません。もう一度試すか、別の方法をお試しください。',
    },
    provider_error: {
      title: '確認できませんでした。',
      text: '何も実行されていません。しばらくしてから、もう一度お試しください。',
    },
  },
  tryAgain: 'もう一度試す',
  signInAsFirst: '最初のアカウントで再度ログイン',
  signOut: 'ログアウト',
}
