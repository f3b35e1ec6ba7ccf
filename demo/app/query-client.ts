import { QueryClient } from '@tanstack/react-query'
import { connectQuery } from 'react-step-up/query'
import {
  changeCard,
  changePayout,
  createTransfer,
  deleteProject,
  inEuros,
  rotateApiKey,
  updateBilling,
} from './actions.js'
import type { Project } from './api.js'
import { stepUp } from './step-up.js'
import { report, toast } from './toasts.js'

export const queryClient = new QueryClient()
connectQuery(stepUp, queryClient)

export const projectsKey = ['projects']
export const payoutsKey = ['payouts']
export const secretKey = (id: string) => ['api-key', id]

const read = (queryKey: readonly string[]) => queryClient.invalidateQueries({ queryKey })
const byName = (a: Project, b: Project) => a.name.localeCompare(b.name)
const change = (update: (projects: Project[]) => Project[]) =>
  queryClient.setQueryData<Project[]>(projectsKey, (projects) => projects && update(projects))

// What happens whoever has called: a component, or somebody who is back from a trip.

/** Gone from the list at once, and back where the person or the API says no. */
queryClient.setMutationDefaults<unknown, Error, { id: string; name: string }, Project | undefined>(
  deleteProject.mutationKey,
  {
    async onMutate({ id }) {
      await queryClient.cancelQueries({ queryKey: projectsKey })
      const project = queryClient.getQueryData<Project[]>(projectsKey)?.find((one) => one.id === id)
      change((projects) => projects.filter((one) => one !== project))
      return project
    },
    onSuccess: (_, { name }) => toast(`Project ${name} is deleted.`),
    onError(error, _, project) {
      // One of several that are on their way: what is put back is this one, not the list as it was.
      if (project) change((projects) => [...projects, project].sort(byName))
      report(error)
    },
    onSettled() {
      const { mutationKey } = deleteProject
      return queryClient.isMutating({ mutationKey }) > 1 ? undefined : read(projectsKey)
    },
  },
)

queryClient.setMutationDefaults<unknown, Error, { id: string; name: string }>(
  rotateApiKey.mutationKey,
  {
    async onSuccess(_, { id, name }) {
      toast(`The API key ${name} is replaced.`)
      await queryClient.resetQueries({ queryKey: secretKey(id) })
      await read(['api-keys'])
    },
    onError: report,
  },
)

for (const { mutationKey } of [updateBilling, changeCard]) {
  queryClient.setMutationDefaults(mutationKey, {
    onSuccess() {
      toast('Billing is saved.')
      return read(['billing'])
    },
    onError: report,
  })
}

queryClient.setMutationDefaults(changePayout.mutationKey, {
  onSuccess() {
    toast('The payout account is changed.')
    return read(payoutsKey)
  },
  onError: report,
})

queryClient.setMutationDefaults<unknown, Error, { to: string; amount: number }>(
  createTransfer.mutationKey,
  {
    onSuccess(_, { to, amount }) {
      toast(`${inEuros(amount)} is on its way to ${to}.`)
      return read(payoutsKey)
    },
    onError: report,
  },
)
