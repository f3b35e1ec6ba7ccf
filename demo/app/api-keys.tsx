import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useRequireFreshAuth, useResumed } from 'react-step-up'
import { rotateApiKey } from './actions.js'
import type { ApiKey } from './api.js'
import { call } from './api.js'
import { useReportError, useToast } from './toasts.js'

export function ApiKeysPage() {
  const { data, isPending } = useQuery({
    queryKey: ['api-keys'],
    queryFn: () => call<{ apiKeys: ApiKey[] }>('GET', '/api-keys'),
  })
  if (isPending) return <p>Loading the keys…</p>
  return (
    <section aria-labelledby="api-keys">
      <h1 id="api-keys">API keys</h1>
      <p>
        Showing one takes a sign-in of the last 2 minutes, and is a plain function: after a trip you
        are asked to press again. Replacing one takes a proof of its own each time.
      </p>
      <ul className="cards">
        {(data?.apiKeys ?? []).map((apiKey) => (
          <ApiKeyCard key={apiKey.id} apiKey={apiKey} />
        ))}
      </ul>
    </section>
  )
}

function ApiKeyCard({ apiKey: { id, name, masked } }: { apiKey: ApiKey }) {
  const [shown, setShown] = useState<string | null>(null)
  const requireFreshAuth = useRequireFreshAuth('api-key.reveal')
  const queryClient = useQueryClient()
  const toast = useToast()
  const report = useReportError()
  const reveal = useMutation({
    mutationFn: () =>
      requireFreshAuth(({ signal }) =>
        call<{ key: string }>('POST', `/api-keys/${encodeURIComponent(id)}/reveal`, { signal }),
      ),
    onSuccess: ({ key }) => setShown(key),
    onError: report,
  })
  const requireProof = useRequireFreshAuth()
  const replaced = () => {
    toast(`The API key ${name} is replaced.`)
    void queryClient.invalidateQueries({ queryKey: ['api-keys'] })
  }
  const rotate = useMutation({
    mutationFn: () => requireProof(rotateApiKey, { id, name }),
    onSuccess: replaced,
    onError: report,
  })
  useResumed(rotateApiKey, (outcome, variables) => {
    if (variables.id !== id) return
    if ('data' in outcome) replaced()
    else report(outcome.error)
  })
  return (
    <li>
      <div>
        <h2>{name}</h2>
        <code>{shown ?? masked}</code>
      </div>
      <div className="buttons">
        <button
          type="button"
          onClick={() => {
            if (shown === null) reveal.mutate()
            else setShown(null)
          }}
        >
          {shown === null ? 'Show' : 'Hide'}
          <span className="hidden"> {name}</span>
        </button>
        <button type="button" onClick={() => rotate.mutate()}>
          Replace<span className="hidden"> {name}</span>
        </button>
      </div>
    </li>
  )
}
