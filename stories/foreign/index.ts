import type { DialogComponents } from 'react-step-up/dialogs'
import { Button, Field, MethodChooser } from './controls.js'
import { Modal, Title } from './modal.js'
import { Actions, Facts, Icon, Items, Notice, Spinner, Text } from './texts.js'

/** Every part, and not one of the library's own: the type says if one is missing. */
export const foreign: DialogComponents = {
  ...{ Modal, Title, Text, Facts, Items, Notice },
  ...{ Icon, Spinner, Field, MethodChooser, Actions, Button },
}
