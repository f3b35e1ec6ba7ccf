import { Button } from './button.js'
import { Facts } from './facts.js'
import { Field } from './field.js'
import { Icon, Spinner } from './icon.js'
import { MethodChooser } from './method-chooser.js'
import { Modal } from './modal.js'
import { Actions, Items, Notice, Text, Title } from './parts.js'

/**
 * What the dialogs are made of. Each is given all that it shows and calls, and none brings a style: the
 * stylesheet goes by `data-step-up`.
 */
export const components = {
  Modal,
  Icon,
  Spinner,
  Title,
  Text,
  Facts,
  Items,
  Notice,
  Field,
  MethodChooser,
  Actions,
  Button,
}

/** The parts of the dialogs, each of which an app may replace by one of its own. */
export type DialogComponents = Readonly<typeof components>
