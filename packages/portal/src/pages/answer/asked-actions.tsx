import type { Order } from '@haidang/contracts/order'
import { useLingui } from '@lingui/react/macro'
import { Copy, Download } from 'lucide-react'
import { copyText } from '../../components/copy-text.ts'
import { saveFile } from '../../components/save-file.ts'
import { Time } from '../../components/time.tsx'
import { say } from '../../components/toast.tsx'
import { useWords } from '../../language/use-words.ts'

/** What must be done, one by one, each with its indicators to copy or keep as a file. */
export function AskedActions({ order }: { order: Order }) {
  const { t } = useLingui()
  const { label } = useWords()
  return (
    <section>
      <h2 className="pb-1 font-semibold text-15">{t`Yêu cầu`}</h2>
      <ol className="divide-y divide-line border-y">
        {order.actions.map((action, index) => (
          <li key={action.id} className="flex flex-col gap-1 py-3">
            <p className="flex flex-wrap items-baseline gap-x-3">
              <span className="font-semibold">
                {index + 1}. {label('actionKind', action.kind)}
              </span>
              {action.due_at ? (
                <span className="text-12 text-ink-2">
                  {t`trước`} <Time at={action.due_at} as="absolute" />
                </span>
              ) : null}
            </p>
            <p className="whitespace-pre-wrap text-15">{action.text}</p>
            {action.indicators.length > 0 ? (
              <Indicators
                name={`${order.number}-${index + 1}.txt`}
                indicators={action.indicators}
              />
            ) : null}
          </li>
        ))}
      </ol>
    </section>
  )
}

function Indicators({ name, indicators }: { name: string; indicators: readonly string[] }) {
  const { t } = useLingui()
  const { number } = useWords()
  const all = indicators.join('\n')
  const copy = () =>
    void copyText(all).then(() => say(t`Đã chép ${number(indicators.length)} dấu hiệu`))
  const link = 'inline-flex min-h-6 items-center gap-1 text-accent hover:underline'
  return (
    <div className="rounded-control bg-sunken">
      <div className="flex flex-wrap items-center gap-x-4 px-3 pt-1.5 text-12 text-ink-3">
        <span className="flex-1">{t`${number(indicators.length)} dấu hiệu`}</span>
        <button type="button" onClick={copy} className={link}>
          <Copy aria-hidden="true" className="size-3" /> {t`Chép tất cả`}
        </button>
        <button
          type="button"
          onClick={() => saveFile(name, 'text/plain', `${all}\n`)}
          className={link}
        >
          <Download aria-hidden="true" className="size-3" /> {t`Tải tệp`}
        </button>
      </div>
      <pre className="max-h-40 overflow-auto px-3 pb-2 font-mono text-12">{all}</pre>
    </div>
  )
}
