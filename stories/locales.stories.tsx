// Each language on the screens with the most text: asked for a password, a code on its way, back with
// several actions, and turned down.
import { StepUpDialog, type Messages } from 'react-step-up/dialogs'
import { arabic } from 'react-step-up/dialogs/messages/ar'
import { german } from 'react-step-up/dialogs/messages/de'
import { spanish } from 'react-step-up/dialogs/messages/es'
import { french } from 'react-step-up/dialogs/messages/fr'
import { japanese } from 'react-step-up/dialogs/messages/ja'
import { expect, waitFor, within } from 'storybook/test'
import { after, asked, before, buttons, meta, sceneOf, shown, type Story } from './dialog-story.js'
import { away } from './scene.js'

export default { ...meta, title: 'StepUpDialog/Languages', component: StepUpDialog }

interface Language {
  readonly messages: Messages
  /** What an app in this language calls its actions. */
  readonly labels: { readonly label: string; readonly memberLabel: string }
  /** What stands in the dialog while it asks, and while a code is on its way. */
  readonly asks: readonly string[]
  /** The seconds until another one run meanwhile. */
  readonly sent: readonly string[]
}

/** The language also decides where lines begin. */
const inLanguage = ({ messages }: Language): Story => ({
  args: { messages },
  globals: { locale: messages.locale },
})

const leaves = (language: Language): Story => ({
  ...inLanguage(language),
  ...before({
    ...language.labels,
    methods: ({ password, code, passkey, trip }) => [password, code, passkey, trip],
  }),
  play: async (context) => {
    const { canvas, userEvent } = context
    const { messages, labels, asks, sent } = language
    const dialog = await asked(context, messages.askTitle)
    await says(dialog, messages.locale, [...asks, labels.label, messages.goesOn])
    await fits(dialog)

    const others = canvas.getByRole('region', { name: messages.otherWays })
    await expect(within(others).getAllByRole('button')).toHaveLength(3)
    await userEvent.click(
      within(others).getByRole('button', { name: new RegExp(messages.codeNames.email) }),
    )
    await userEvent.click(await canvas.findByRole('button', { name: messages.sendCode }))
    const field = await canvas.findByLabelText(messages.code)
    await waitFor(() => expect(field).toHaveFocus())
    await expect(field).toHaveAccessibleDescription(messages.digits(6))
    await says(dialog, messages.locale, sent)
    await fits(dialog)
  },
})

const comesBack = (language: Language): Story => ({
  ...inLanguage(language),
  ...after(async () => (await away(language.labels, 'project', 'member', 'function')).back()),
  play: async (context) => {
    const { messages, labels } = language
    const { confirmAll, cancel, tryAgain, retryable } = messages
    const dialog = await shown(context, messages.welcome('Ada Lovelace'))
    await says(dialog, messages.locale, [
      ...[messages.confirmSeveral, labels.label, labels.memberLabel, messages.alsoPressAgain],
    ])
    await expect(buttons(dialog)).toEqual([confirmAll, cancel])
    await fits(dialog)

    sceneOf(context).environment.clock.advance(400)
    await context.userEvent.click(context.canvas.getByRole('button', { name: confirmAll }))
    await shown(context, retryable.expired.title)
    await says(dialog, messages.locale, [retryable.expired.text])
    await expect(buttons(dialog)).toEqual([tryAgain, cancel])
    await fits(dialog)
    await expect(sceneOf(context).ran).toEqual([])
  },
})

/** All of it, in the language that the dialog says it is in, and in its direction. */
async function says(dialog: HTMLElement, locale: string, texts: readonly string[]): Promise<void> {
  await expect(dialog.lang).toBe(locale)
  await expect(getComputedStyle(dialog).direction).toBe(locale === 'ar' ? 'rtl' : 'ltr')
  for (const text of texts) {
    await waitFor(() => expect(plain(dialog.textContent)).toContain(plain(text)))
  }
}

/** Spaces that do not break, and marks for the direction, are not seen. */
const plain = (text: string) => text.replace(/\s/g, ' ').replace(/[\u2066-\u2069]/g, '')

/** Nothing is cut off or sticks out: as it is, and as wide as on a screen of 320 px. */
async function fits(dialog: HTMLElement): Promise<void> {
  for (const width of ['', '288px']) {
    dialog.style.inlineSize = width
    await expect(dialog.scrollWidth).toBe(dialog.clientWidth)
    const { left, right } = dialog.getBoundingClientRect()
    for (const part of dialog.querySelectorAll<HTMLElement>('h2, h3, p, li, dd, button, label')) {
      const box = part.getBoundingClientRect()
      await expect(part.scrollWidth, part.textContent).toBeLessThanOrEqual(
        part.clientWidth || Infinity,
      )
      await expect(box.left, part.textContent).toBeGreaterThan(left)
      await expect(box.right, part.textContent).toBeLessThan(right)
    }
  }
  dialog.style.inlineSize = ''
}

const languages = {
  es: {
    messages: spanish,
    labels: {
      label: 'Eliminar el proyecto Apolo',
      memberLabel: 'Quitar a Grace Hopper del equipo',
    },
    asks: ['Iniciaste sesión hace 3 horas.', 'Contraseña', 'Tu llave de acceso'],
    sent: ['Te hemos enviado un código a a•••@acme.test. Caduca en 10 minutos.', ' segundos'],
  },
  fr: {
    messages: french,
    labels: {
      label: 'Supprimer le projet Apollo',
      memberLabel: 'Retirer Grace Hopper de l’équipe',
    },
    asks: ['Dernière connexion : il y a 3 heures.', 'Mot de passe', 'Votre clé d’accès'],
    sent: ['Nous avons envoyé un code à a•••@acme.test. Il reste valable 10 minutes.', ' secondes'],
  },
  de: {
    messages: german,
    labels: {
      label: 'Projekt Apollo löschen',
      memberLabel: 'Grace Hopper aus dem Team entfernen',
    },
    asks: ['Sie haben sich vor 3 Stunden angemeldet.', 'Passwort', 'Ihr Passkey'],
    sent: [
      'Wir haben einen Code an a•••@acme.test gesendet. Er ist noch 10 Minuten gültig.',
      ' Sekunden',
    ],
  },
  ja: {
    messages: japanese,
    labels: {
      label: 'プロジェクト Apollo を削除',
      memberLabel: 'Grace Hopper をチームから削除',
    },
    asks: ['3 時間前にログインしています。', 'パスワード', 'パスキー'],
    sent: ['a•••@acme.test に確認コードを送信しました。', '有効期限はあと 10 分です。', ' 秒'],
  },
  ar: {
    messages: arabic,
    labels: { label: 'حذف مشروع أبولو', memberLabel: 'إزالة Grace Hopper من الفريق' },
    asks: ['لقد سجّلت الدخول قبل 3 ساعات.', 'كلمة المرور', 'مفتاح مرورك'],
    sent: [
      'لقد أرسلنا رمزًا إلى a•••@acme.test. المدة المتبقية لصلاحيته: 10 دقائق.',
      'الوقت المتبقي: ',
    ],
  },
} satisfies Record<string, Language>

// Storybook finds stories by their exports, without running the file.
export const Spanish = leaves(languages.es)
export const French = leaves(languages.fr)
export const German = leaves(languages.de)
export const Japanese = leaves(languages.ja)
export const Arabic = leaves(languages.ar)
export const SpanishOnReturn = comesBack(languages.es)
export const FrenchOnReturn = comesBack(languages.fr)
export const GermanOnReturn = comesBack(languages.de)
export const JapaneseOnReturn = comesBack(languages.ja)
export const ArabicOnReturn = comesBack(languages.ar)
/** The dialog has a language of its own. */
export const ArabicOnEnglishPage: Story = { ...Arabic, globals: { locale: 'en' } }
