import type { ComponentType } from 'react'
import type { Method } from '../core/adapter.js'
import type { StepUpState } from '../core/machine.js'

/** While somebody is asked, or what they gave is checked. */
export type Asking = Extract<StepUpState, { status: 'prompting' | 'verifying' }>

export interface FormProps<Type extends Method['type'] = Method['type']> {
  readonly state: Asking
  readonly method: Extract<Method, { type: Type }>
}

/** How each type of method is asked for. */
export type Forms = { readonly [Type in Method['type']]?: ComponentType<FormProps<Type>> }

/** Those of `methods` that can be asked for here. */
export const usable = (methods: readonly Method[], forms: Forms): readonly Method[] =>
  methods.filter(({ type }) => forms[type])
