import { clockTime, type LogEntry } from './log.js'

/** What the client told its listeners, the latest first. */
export function EventLog({ entries }: { readonly entries: readonly LogEntry[] }) {
  return (
    <section className="log" aria-labelledby="log-title">
      <h2 id="log-title">Events</h2>
      <div className="scroll" role="group" aria-labelledby="log-title" tabIndex={0}>
        <table>
          <caption className="visually-hidden">
            What the listeners of client.subscribe were told, the latest first
          </caption>
          <thead>
            <tr>
              <th scope="col">Time</th>
              <th scope="col">Event</th>
              <th scope="col">Details</th>
              <th scope="col">State after it</th>
            </tr>
          </thead>
          <tbody>
            {[...entries].reverse().map(({ id, at, event, details, status }) => (
              <tr key={id}>
                <td>{clockTime(at)}</td>
                <th scope="row">{event}</th>
                <td>{details || '–'}</td>
                <td>{status}</td>
              </tr>
            ))}
          </tbody>
        </table>
        {entries.length === 0 && <p className="hint">Nothing has happened yet.</p>}
      </div>
    </section>
  )
}
