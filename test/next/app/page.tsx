import Link from 'next/link'
import { definePolicies } from 'react-step-up'
import { stepUp } from './step-up.ts'

const policies = definePolicies({ 'project.rename': 300 })

/** On the server the client is there, and does nothing. */
export default function Home() {
  return (
    <>
      <Link href="/projects/apollo?tab=settings#danger">Apollo</Link>
      <p data-testid="on-the-server">
        {stepUp.getState().status}, {String(stepUp.returning)},{' '}
        {stepUp.getFreshness(policies['project.rename']).reason}
      </p>
    </>
  )
}
