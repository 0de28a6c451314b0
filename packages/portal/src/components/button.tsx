import { cva, type VariantProps } from 'class-variance-authority'
import type { ComponentProps, MouseEvent } from 'react'
import { cn } from '../theme/cn.ts'
import { Keys } from './keys.tsx'
import { Tip } from './tip.tsx'

export const buttonStyle = cva(
  'inline-flex shrink-0 select-none items-center justify-center gap-2 whitespace-nowrap rounded-control border font-medium text-13 transition-colors duration-100 aria-disabled:cursor-not-allowed',
  {
    variants: {
      look: {
        primary:
          'border-transparent bg-accent text-on-accent hover:bg-accent-strong aria-disabled:bg-sunken aria-disabled:text-ink-3 aria-disabled:border-line',
        plain:
          'border-line-strong bg-surface text-ink hover:bg-hover aria-disabled:bg-sunken aria-disabled:text-ink-3 aria-disabled:border-line',
        quiet:
          'border-transparent bg-transparent text-ink-2 hover:bg-hover hover:text-ink aria-disabled:text-ink-3',
        danger:
          'border-line-strong bg-surface text-critical hover:border-critical hover:bg-critical-soft aria-disabled:bg-sunken aria-disabled:text-ink-3 aria-disabled:border-line',
      },
      size: { small: 'h-7 px-2', medium: 'h-8 px-3', large: 'h-10 px-4 text-15', icon: 'size-8' },
    },
    defaultVariants: { look: 'plain', size: 'medium' },
  },
)

interface ButtonProps extends ComponentProps<'button'>, VariantProps<typeof buttonStyle> {
  /** Why it cannot be pressed now: the missing right or state. Given, the button is disabled but still says so. */
  readonly refusal?: string | false | null | undefined
  /** The key that does the same, shown in the button. */
  readonly keys?: string | undefined
  readonly busy?: boolean | undefined
}

export function Button({
  look,
  size,
  refusal,
  keys,
  busy,
  className,
  children,
  onClick,
  type = 'button',
  ...rest
}: ButtonProps) {
  const off = Boolean(refusal) || busy === true
  const click = (event: MouseEvent<HTMLButtonElement>) => {
    if (off) event.preventDefault()
    else onClick?.(event)
  }
  const button = (
    <button
      type={type}
      aria-disabled={off || undefined}
      aria-busy={busy || undefined}
      className={cn(buttonStyle({ look, size }), busy && 'pulse', className)}
      onClick={click}
      {...rest}
    >
      {children}
      {keys && !off ? <Keys keys={keys} faint /> : null}
    </button>
  )
  return refusal ? <Tip text={refusal}>{button}</Tip> : button
}
