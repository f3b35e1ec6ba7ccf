import type { ComponentType } from 'react'
import type { Method } from '../core/adapter.js'
import type { StepUpState } from '../core/machine.js'

/** While somebody is asked, or what they gave is checked. */
export type Asking = Extract<StepUpState, { status: 'prompting' | 'verifying' }>

/** What the form of any method is given. */
export interface AnyFormProps {
  readonly state: Asking
  readonly method: Method
}

export interface FormProps<Type extends Method['type']> extends AnyFormProps {
  readonly method: Extract<Method, { type: Type }>
}

/** How each type of method is asked for. */
export type Forms = { readonly [Type in Method['type']]?: ComponentType<FormProps<Type>> }

/** Those of `methods` that can be asked for here. */
export const usable = (methods: readonly Method[], forms: Forms): readonly Method[] =>
  methods.filter(({ type }) => forms[type])
