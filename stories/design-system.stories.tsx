import { FAKE_CODE, FAKE_PASSWORD } from 'react-step-up/testing'
import { expect, waitFor, within } from 'storybook/test'
import { after, asked, before, meta, ran, shown, type Context, type Story } from './dialog-story.js'
import { foreign } from './foreign/index.js'
import { away } from './scene.js'

export default {
  ...meta,
  title: 'Design system',
  args: { ...meta.args, components: foreign },
}

/** Nothing of the library's own parts is left, but what screen readers and password managers get. */
async function allForeign({ canvas }: Context): Promise<void> {
  const dialog = canvas.getByRole('dialog')
  const own = [...dialog.querySelectorAll('[data-step-up]')].map((element) =>
    element.getAttribute('data-step-up'),
  )
  await expect(
    own.filter((part) => !['form', 'again', 'username', 'status'].includes(part!)),
  ).toEqual([])
}

const everyWay = before({
  methods: ({ password, code, passkey, trip }) => [password, code, passkey, trip],
})

export const Ask: Story = {
  ...everyWay,
  play: async (context) => {
    const dialog = await asked(context)
    await expect(dialog).toHaveTextContent('Delete project Apollo')
    await expect(context.canvas.getByLabelText('Password')).toHaveFocus()
    await allForeign(context)
  },
}

export const WrongThenRight: Story = {
  ...everyWay,
  play: async (context) => {
    const { canvas, userEvent } = context
    await asked(context)
    await userEvent.keyboard('wrong{Enter}')
    await expect(await canvas.findByRole('alert')).toHaveTextContent('does not match')
    await waitFor(() => expect(canvas.getByLabelText('Password')).toHaveFocus())
    await userEvent.clear(canvas.getByLabelText('Password'))
    await userEvent.keyboard(`${FAKE_PASSWORD}{Enter}`)
    await ran(context)
    await expect(canvas.getByRole('button', { name: 'Delete project' })).toHaveFocus()
  },
}

export const AnotherWayByKeyboard: Story = {
  ...everyWay,
  play: async (context) => {
    const { canvas, userEvent } = context
    const dialog = await asked(context)
    const way = within(dialog).getByRole('button', { name: /^A code by email/ })
    for (let tabs = 0; tabs < 6 && document.activeElement !== way; tabs++) await userEvent.tab()
    await expect(way).toHaveFocus()
    await userEvent.keyboard('{Enter}')
    await waitFor(() => expect(canvas.getByRole('button', { name: 'Send the code' })).toHaveFocus())
    await userEvent.keyboard('{Enter}')
    await waitFor(() => expect(canvas.getByLabelText('Code')).toHaveFocus())
    await allForeign(context)
    await userEvent.keyboard(`${FAKE_CODE}{Enter}`)
    await ran(context)
  },
}

export const WelcomeBack: Story = {
  ...after(async () => (await away({}, 'project', 'member')).back()),
  play: async (context) => {
    const dialog = await shown(context, 'Welcome back, Ada Lovelace.')
    await expect(within(dialog).getAllByRole('listitem')).toHaveLength(2)
    await allForeign(context)
    await context.userEvent.click(within(dialog).getByRole('button', { name: 'Confirm all' }))
    await waitFor(() => expect(context.canvas.queryByRole('dialog')).toBeNull())
  },
}
