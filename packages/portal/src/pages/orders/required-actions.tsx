import type { Order } from '@haidang/contracts/order'
import { PayloadFormat } from '@haidang/contracts/order-payload-api'
import { useLingui } from '@lingui/react/macro'
import { Copy } from 'lucide-react'
import { copyText } from '../../components/copy-text.ts'
import { Section } from '../../components/page.tsx'
import { Time } from '../../components/time.tsx'
import { say } from '../../components/toast.tsx'
import { useWords } from '../../language/use-words.ts'

const formats = PayloadFormat.options
/** Names of formats, the same in every language. */
const formatNames: Readonly<Record<PayloadFormat, string>> = {
  csv: 'CSV',
  stix: 'STIX 2.1',
  rpz: 'RPZ',
  suricata: 'Suricata',
  nftables: 'nftables',
}

/** What must be done, one by one, with the indicators to take into one's own gear. */
export function RequiredActions({ order }: { order: Order }) {
  const { t } = useLingui()
  const { label, number } = useWords()
  const copy = (indicators: readonly string[]) => {
    void copyText(indicators.join('\n')).then(() => say(t`Đã chép ${indicators.length} dấu hiệu`))
  }
  return (
    <Section title={t`Yêu cầu`} count={order.actions.length}>
      <ol className="divide-y divide-line">
        {order.actions.map((action, index) => (
          <li key={action.id} className="grid grid-cols-[20px_minmax(0,1fr)] gap-x-3 py-3">
            <span className="text-ink-3">{index + 1}</span>
            <div className="min-w-0">
              <p className="flex flex-wrap items-baseline gap-x-3">
                <span className="font-semibold">{label('actionKind', action.kind)}</span>
                {action.due_at ? (
                  <span className="text-12 text-ink-2">
                    {t`trước`} <Time at={action.due_at} as="absolute" />
                  </span>
                ) : null}
              </p>
              <p className="max-w-[70ch] whitespace-pre-wrap text-15">{action.text}</p>
              {action.indicators.length > 0 ? (
                <div className="mt-2 rounded-control bg-sunken">
                  <div className="flex items-center justify-between px-3 pt-1.5 text-12 text-ink-3">
                    {t`${number(action.indicators.length)} dấu hiệu`}
                    <button
                      type="button"
                      onClick={() => copy(action.indicators)}
                      className="inline-flex min-h-6 items-center gap-1 text-accent hover:underline"
                    >
                      <Copy aria-hidden="true" className="size-3" /> {t`Chép tất cả`}
                    </button>
                  </div>
                  <p className="flex flex-wrap gap-x-3 px-3 text-12">
                    {formats.map((format) => (
                      <a
                        key={format}
                        href={`/api/v1/orders/${order.id}/actions/${encodeURIComponent(action.id)}/payload?format=${format}`}
                        download
                        className="inline-flex min-h-6 items-center text-accent hover:underline"
                      >
                        {formatNames[format]}
                      </a>
                    ))}
                  </p>
                  <pre className="max-h-40 overflow-auto px-3 pb-2 font-mono text-12 leading-relaxed">
                    {action.indicators.join('\n')}
                  </pre>
                </div>
              ) : null}
            </div>
          </li>
        ))}
      </ol>
    </Section>
  )
}
