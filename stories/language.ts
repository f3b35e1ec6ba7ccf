// The language that the toolbar says; the dialogs of all stories take their texts from it.
import { createContext } from 'react'
import type { Messages } from 'react-step-up/dialogs'

/** What the dialogs say in place of English; empty: English. */
export const Language = createContext<Partial<Messages>>({})

/** Loaded when they are chosen, as an app would. English is in the dialogs already. */
const languages: Readonly<Record<string, () => Promise<Partial<Messages>>>> = {
  en: () => Promise.resolve({}),
  es: async () => (await import('react-step-up/dialogs/messages/es')).spanish,
  fr: async () => (await import('react-step-up/dialogs/messages/fr')).french,
  de: async () => (await import('react-step-up/dialogs/messages/de')).german,
  ja: async () => (await import('react-step-up/dialogs/messages/ja')).japanese,
  ar: async () => (await import('react-step-up/dialogs/messages/ar')).arabic,
}

export async function messagesIn(locale: string): Promise<Partial<Messages>> {
  const load = languages[locale]
  if (!load) throw new Error(`There are no messages for "${locale}".`)
  return load()
}

/** Where its lines begin. */
export const directionOf = (locale: string): 'ltr' | 'rtl' => (locale === 'ar' ? 'rtl' : 'ltr')
