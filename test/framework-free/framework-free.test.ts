import { expect, test } from 'vitest'

test.each(['react', 'react/jsx-runtime', 'react-dom', 'react-dom/client'])(
  'this project has no %s, so core and server run without it',
  async (name) => {
    await expect(import(name)).rejects.toThrow('must work without React')
  },
)

test('"react-step-up" loads without its React part', async () => {
  const index = await import('react-step-up')
  expect(index).toHaveProperty('createStepUpClient')
  expect(index).not.toHaveProperty('StepUpProvider')
})
