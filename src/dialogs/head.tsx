import type { ReactNode } from 'react'
import { useEffect } from 'react'
import { useDialog, useModal } from './dialog-context.js'
import type { IconProps } from './icon.js'

interface HeadProps {
  /** Absent: something is under way. */
  readonly tone?: IconProps['tone']
  readonly title: string
  readonly text?: string | undefined
  /** Announced together with the title. */
  readonly said?: string
  readonly children?: ReactNode
}

/** How a screen begins: its name, and what is read out with it when the dialog opens. */
export function Head({ tone, title, text = '', said = text, children }: HeadProps): ReactNode {
  const { Icon, Spinner, Text, Title } = useDialog().components
  const { titleId, textId, announce } = useModal()
  const announced = `${title} ${said}`.trim()
  useEffect(() => announce(announced), [announced, announce])
  return (
    <>
      {tone ? <Icon tone={tone} /> : <Spinner />}
      <Title id={titleId}>{title}</Title>
      <div id={textId}>
        {text && <Text>{text}</Text>}
        {children}
      </div>
    </>
  )
}
