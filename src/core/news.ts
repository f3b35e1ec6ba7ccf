import type { Clock } from './clock.js'
import { createDeadline, SETTLING } from './clock.js'
import type { Session } from './session.js'
import type { Tabs } from './tabs.js'

/** On this channel every message means "read again", whatever it says. */
const NEWS = 'react-step-up'

/**
 * Tells the other windows when somebody signs in, signs out or proves it here, and reads again when
 * they tell. A message is a reason to look, never what is seen: it raises nothing by itself. What was
 * learnt from one is told once more: whoever has sent it knows it already, and says nothing to that.
 */
export function createNews(
  { post, listen }: Tabs,
  session: Session,
  clock: Clock,
  read: () => void,
): { readonly look: () => void; share(): () => void } {
  const again = createDeadline(clock, read)
  /** Outlives a provider that is taken down and put up again. */
  let told: string | null = null

  function tell(): void {
    const news = newsOf(session)
    if (news === null) return
    if (told !== null && news !== told) post(NEWS)
    told = news
  }

  /** A message, or a page that wakes up, may be ahead of what the other windows have stored. */
  function look(): void {
    read()
    again.arm(SETTLING)
  }

  return {
    look,
    share() {
      tell()
      const stops = [session.subscribe(tell), listen(NEWS, look), () => again.arm(null)]
      return () => {
        for (const stop of stops) stop()
      }
    },
  }
}

/** What other windows want to know of; `null`: nothing is known here. */
function newsOf(session: Session): string | null {
  const authentication = session.authentication()
  if (!authentication && !session.isSignedOut()) return null
  const { issuer, subject, authTime, acr } = authentication ?? {}
  return JSON.stringify([issuer, subject, authTime, acr])
}
