import type { Session } from './session.js'
import type { Tabs } from './tabs.js'

/** On this channel every message means "read again", whatever it says. */
const NEWS = 'react-step-up'

/**
 * Tells the other windows when somebody signs in, signs out or proves it here, and reads again when
 * they tell. A message is a reason to look, never what is seen: it raises nothing by itself.
 */
export function shareNews({ post, listen }: Tabs, session: Session): () => void {
  let told: string | null = null
  /** What is learnt from a message is no news to whoever sent it. */
  let hearing = 0
  const stops = [
    session.subscribe(() => {
      const authentication = session.authentication()
      if (!authentication && !session.isSignedOut()) return
      const { issuer, subject, authTime } = authentication ?? {}
      const news = JSON.stringify([issuer, subject, authTime])
      if (told !== null && news !== told && hearing === 0) post(NEWS)
      told = news
    }),
    listen(NEWS, () => {
      hearing++
      const heard = () => {
        hearing--
      }
      session.read().then(heard, heard)
    }),
  ]
  return () => {
    for (const stop of stops) stop()
  }
}
