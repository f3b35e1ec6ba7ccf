import type { ReactNode } from 'react'
import { createContext, useContext, useEffect, useSyncExternalStore } from 'react'
import type { StepUpClient } from '../core/client.js'

const ClientContext = createContext<StepUpClient | null>(null)

/** Props of `StepUpProvider`. */
export interface StepUpProviderProps {
  readonly client: StepUpClient
  readonly children?: ReactNode
}

/**
 * Starts the client while it is mounted, and lends it to the hooks. Place it anywhere above them; it
 * need not be inside your auth SDK's provider.
 *
 * @example
 * <StepUpProvider client={stepUp}><App /><StepUpDialog /></StepUpProvider>
 */
export function StepUpProvider({ client, children }: StepUpProviderProps): ReactNode {
  useEffect(() => client.start(), [client])
  const reporting = useSyncExternalStore(client.subscribe, client.isReporting, onServer)
  if (reporting) return null
  return <ClientContext.Provider value={client}>{children}</ClientContext.Provider>
}

const onServer = () => false

export function useClient(hook: string): StepUpClient {
  const client = useContext(ClientContext)
  if (!client) {
    throw new TypeError(
      `${hook} found no step-up client. Wrap this part of the app in <StepUpProvider client={stepUp}>.`,
    )
  }
  return client
}
