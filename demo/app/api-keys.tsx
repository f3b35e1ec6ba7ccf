import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useStepUpMutation, useStepUpQuery } from 'react-step-up/query'
import { rotateApiKey } from './actions.js'
import type { ApiKey } from './api.js'
import { call } from './api.js'
import { secretKey } from './query-client.js'

export function ApiKeysPage() {
  const { data, isPending } = useQuery({
    queryKey: ['api-keys'],
    queryFn: () => call<{ apiKeys: ApiKey[] }>('GET', '/api-keys'),
  })
  const { mutate: replace } = useStepUpMutation(rotateApiKey)
  if (isPending) return <p>Loading the keys…</p>
  return (
    <section aria-labelledby="api-keys">
      <h1 id="api-keys">API keys</h1>
      <p>
        Showing one takes a sign-in of the last 2 minutes, and it is there no longer than that: then
        it is gone from the page and its memory. After a trip you are asked to press again.
        Replacing one takes a proof of its own each time.
      </p>
      <ul className="cards">
        {(data?.apiKeys ?? []).map((apiKey) => (
          <ApiKeyCard
            key={apiKey.id}
            apiKey={apiKey}
            onReplace={() => replace({ id: apiKey.id, name: apiKey.name })}
          />
        ))}
      </ul>
    </section>
  )
}

interface ApiKeyCardProps {
  readonly apiKey: ApiKey
  readonly onReplace: () => void
}

function ApiKeyCard({ apiKey: { id, name, masked }, onReplace }: ApiKeyCardProps) {
  const queryClient = useQueryClient()
  const { query, verify, error } = useStepUpQuery({
    queryKey: secretKey(id),
    queryFn: ({ signal }) =>
      call<{ key: string }>('POST', `/api-keys/${encodeURIComponent(id)}/reveal`, { signal }),
    requirement: 'api-key.reveal',
    // Only where the button is pressed: being fresh is no wish to see it.
    enabled: false,
  })
  const problem = error ?? query.error
  const hide = () => queryClient.resetQueries({ queryKey: secretKey(id) })
  return (
    <li>
      <div>
        <h2>{name}</h2>
        <code>{query.data?.key ?? masked}</code>
        {problem && <p role="alert">{problem.message}</p>}
      </div>
      <div className="buttons">
        <button type="button" onClick={() => void (query.data ? hide() : verify())}>
          {query.data ? 'Hide' : 'Show'}
          <span className="hidden"> {name}</span>
        </button>
        <button type="button" onClick={onReplace}>
          Replace<span className="hidden"> {name}</span>
        </button>
      </div>
    </li>
  )
}
