import { useLingui } from '@lingui/react/macro'
import { Copy } from 'lucide-react'
import { cn } from '../theme/cn.ts'
import { copyText } from './copy-text.ts'
import { say } from './toast.tsx'

/** An identifier or hash in mono, shortened to its telling end, copied by a click. */
export function Identifier({ value, short = true }: { value: string; short?: boolean }) {
  const { t } = useLingui()
  const copy = () => {
    void copyText(value).then(() => say(t`Đã chép ${value}`))
  }
  const prefix = /^[a-z]{3}_/.exec(value)?.[0] ?? ''
  const shown = short && value.length > 20 ? `${prefix}…${value.slice(-8)}` : value
  return (
    <button
      type="button"
      onClick={copy}
      title={value}
      aria-label={`${shown} – ${t`Chép`}`}
      className={cn(
        'group inline-flex min-h-6 max-w-full items-center gap-1 rounded-[4px] font-mono text-12 text-ink-2 hover:text-accent',
        !short && 'break-all text-left',
      )}
    >
      <span className={short ? 'truncate' : ''}>{shown}</span>
      <Copy aria-hidden="true" className="size-3 shrink-0 opacity-40 group-hover:opacity-100" />
    </button>
  )
}
