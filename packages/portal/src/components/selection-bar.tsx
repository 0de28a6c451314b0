import { useLingui } from '@lingui/react/macro'
import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { useWords } from '../language/use-words.ts'
import { Button } from './button.tsx'

interface SelectionBarProps {
  readonly count: number
  readonly onClear: () => void
  /** Small buttons of what can be done with them. */
  readonly children: ReactNode
}

/** What can be done with the chosen rows; rises from the bottom, and is not there while none is chosen. */
export function SelectionBar({ count, onClear, children }: SelectionBarProps) {
  const { t } = useLingui()
  const { number } = useWords()
  if (count === 0) return null
  return (
    <div className="pointer-events-none sticky bottom-4 z-30 flex justify-center px-3">
      <div
        role="toolbar"
        aria-label={t`Việc cho các dòng đã chọn`}
        className="appear pointer-events-auto flex max-w-full items-center gap-2 overflow-x-auto rounded-float border border-line-strong bg-surface p-2 pl-4 shadow-float"
      >
        <p className="shrink-0 pr-2 font-medium">{t`${number(count)} đã chọn`}</p>
        {children}
        <Button look="quiet" size="small" aria-label={t`Bỏ chọn`} onClick={onClear}>
          <X className="size-4" />
        </Button>
      </div>
    </div>
  )
}
