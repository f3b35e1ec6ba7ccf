import * as v from 'valibot'
import { defineAction } from 'react-step-up'

export const renameProject = defineAction({
  id: 'project.rename',
  requirement: 300,
  schema: v.object({ id: v.string(), title: v.string() }),
  run: ({ id, title }, { signal }) =>
    fetch(`/api/projects/${id}`, { method: 'PUT', body: title, signal }),
  describe: ({ title }) => `Rename the project to ${title}`,
})
