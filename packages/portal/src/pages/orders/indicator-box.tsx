import { useLingui } from '@lingui/react/macro'
import { Copy } from 'lucide-react'
import type { ReactNode } from 'react'
import { copyText } from '../../components/copy-text.ts'
import { say } from '../../components/toast.tsx'
import { useWords } from '../../language/use-words.ts'

/** Of a link or button beside the indicators. */
export const indicatorAct = 'inline-flex min-h-6 items-center gap-1 text-accent hover:underline'

interface IndicatorBoxProps {
  readonly indicators: readonly string[]
  /** Other ways to take them along. */
  readonly children?: ReactNode
}

/** Indicators of an action, to copy or to take along. */
export function IndicatorBox({ indicators, children }: IndicatorBoxProps) {
  const { t } = useLingui()
  const { number } = useWords()
  const all = indicators.join('\n')
  const copy = () =>
    void copyText(all).then(() => say(t`Đã chép ${number(indicators.length)} dấu hiệu`))
  return (
    <div className="rounded-control bg-sunken">
      <div className="flex flex-wrap items-center gap-x-4 px-3 pt-1.5 text-12 text-ink-3">
        <span className="flex-1">{t`${number(indicators.length)} dấu hiệu`}</span>
        {children}
        <button type="button" onClick={copy} className={indicatorAct}>
          <Copy aria-hidden="true" className="size-3" /> {t`Chép tất cả`}
        </button>
      </div>
      <pre className="max-h-40 overflow-auto px-3 pb-2 font-mono text-12 leading-relaxed">
        {all}
      </pre>
    </div>
  )
}
