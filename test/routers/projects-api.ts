import express from 'express'

/** The API of these apps: it counts what was done. */
export function projectsApi() {
  const renames: string[] = []
  const api = express.Router()
  api.use(express.text({ type: '*/*' }))
  api.get('/renames', (_req, res) => {
    res.json(renames)
  })
  api.get('/projects/:id', (req, res) => {
    res.send(req.params.id)
  })
  api.put('/projects/:id', (req, res) => {
    renames.push(String(req.body))
    res.sendStatus(204)
  })
  return api
}
