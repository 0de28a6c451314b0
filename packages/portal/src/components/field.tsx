import { ChevronDown } from 'lucide-react'
import { type ComponentProps, createContext, type ReactNode, use, useId } from 'react'
import { cn } from '../theme/cn.ts'

const FieldContext = createContext<{
  id: string
  describedBy: string | undefined
  wrong: boolean
} | null>(null)

interface FieldProps {
  readonly label: ReactNode
  readonly help?: ReactNode
  readonly error?: string | undefined
  readonly optional?: ReactNode
  readonly className?: string
  readonly children: ReactNode
}

/** A labelled control: label above, help under it, the error beside what it is about. */
export function Field({ label, help, error, optional, className, children }: FieldProps) {
  const id = useId()
  const describedBy = [help ? `${id}-help` : '', error ? `${id}-error` : ''].join(' ').trim()
  return (
    <div className={cn('flex min-w-0 flex-col gap-1', className)}>
      <label htmlFor={id} className="font-medium text-13 text-ink">
        {label}
        {optional ? <span className="ml-2 font-normal text-12 text-ink-3">{optional}</span> : null}
      </label>
      <FieldContext value={{ id, describedBy: describedBy || undefined, wrong: Boolean(error) }}>
        {children}
      </FieldContext>
      {help ? (
        <p id={`${id}-help`} className="text-12 text-ink-3">
          {help}
        </p>
      ) : null}
      {error ? (
        <p id={`${id}-error`} className="font-medium text-12 text-critical">
          {error}
        </p>
      ) : null}
    </div>
  )
}

const control =
  'w-full min-w-0 rounded-control border border-control/70 bg-surface px-2.5 text-13 text-ink hover:border-control aria-invalid:border-critical disabled:bg-sunken disabled:text-ink-3'

function useControl() {
  const field = use(FieldContext)
  return field
    ? {
        id: field.id,
        'aria-describedby': field.describedBy,
        'aria-invalid': field.wrong || undefined,
      }
    : {}
}

export function Input({ className, ...rest }: ComponentProps<'input'>) {
  return <input {...useControl()} className={cn(control, 'h-8', className)} {...rest} />
}

export function Textarea({ className, ...rest }: ComponentProps<'textarea'>) {
  return (
    <textarea
      {...useControl()}
      rows={3}
      className={cn(control, 'min-h-16 resize-y py-1.5 leading-relaxed', className)}
      {...rest}
    />
  )
}

export function Select({ className, children, ...rest }: ComponentProps<'select'>) {
  return (
    <span className={cn('relative inline-flex w-full min-w-0', className)}>
      <select
        {...useControl()}
        className={cn(control, 'h-8 appearance-none truncate pr-7')}
        {...rest}
      >
        {children}
      </select>
      <ChevronDown
        aria-hidden="true"
        className="pointer-events-none absolute top-2 right-2 size-4 text-ink-3"
      />
    </span>
  )
}

/** A check box with its words to the right; the whole line is the target. */
export function Check({ children, className, ...rest }: ComponentProps<'input'>) {
  return (
    <label
      className={cn('inline-flex min-h-6 cursor-pointer items-center gap-2 text-13', className)}
    >
      <input type="checkbox" {...rest} />
      <span>{children}</span>
    </label>
  )
}
