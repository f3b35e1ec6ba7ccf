// How the page around a story looks. On the document: a modal dialog is not inside the story's element.
import { directionOf } from '../stories/language.js'
import './look.css'

export type Theme = 'light' | 'dark' | 'system'

export function wear(theme: Theme): void {
  const { dataset } = document.documentElement
  if (theme === 'system') delete dataset['theme']
  else dataset['theme'] = theme
}

export function turn(direction: unknown, locale: string): void {
  document.documentElement.dir =
    direction === 'ltr' || direction === 'rtl' ? direction : directionOf(locale)
}

/** Half of a fade is not the contrast that people see. */
export function settle(): void {
  for (const animation of document.getAnimations()) {
    // One without an end, as a spinner's, cannot be finished.
    if (animation.effect?.getComputedTiming().endTime !== Infinity) animation.finish()
  }
}
