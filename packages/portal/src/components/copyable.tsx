import { useLingui } from '@lingui/react/macro'
import { Copy } from 'lucide-react'
import { Button } from './button.tsx'
import { copyText } from './copy-text.ts'
import { Scrolled } from './scrolled.tsx'
import { say } from './toast.tsx'

interface CopyableProps {
  readonly label: string
  readonly value: string
  /** The one thing on the page to take away. */
  readonly main?: boolean
}

/** A text to take elsewhere, whole. */
export function Copyable({ label, value, main = false }: CopyableProps) {
  const { t } = useLingui()
  return (
    <div className="flex flex-col gap-2">
      <Scrolled
        label={label}
        className={
          main
            ? 'max-h-40 overflow-auto whitespace-pre-wrap break-all rounded-control border border-accent-line bg-accent-soft p-3 font-mono text-12'
            : 'max-h-60 overflow-auto whitespace-pre rounded-control bg-sunken p-3 font-mono text-12'
        }
      >
        {value}
      </Scrolled>
      <Button
        look={main ? 'primary' : 'plain'}
        size={main ? 'medium' : 'small'}
        className="self-start"
        aria-label={`${t`Chép`} – ${label}`}
        onClick={() => void copyText(value).then(() => say(t`Đã chép`))}
      >
        <Copy aria-hidden="true" className="size-4" />
        {t`Chép`}
      </Button>
    </div>
  )
}
