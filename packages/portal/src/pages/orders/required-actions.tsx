import type { Order } from '@haidang/contracts/order'
import { PayloadFormat } from '@haidang/contracts/order-payload-api'
import { useLingui } from '@lingui/react/macro'
import { Section } from '../../components/page.tsx'
import { Time } from '../../components/time.tsx'
import { useWords } from '../../language/use-words.ts'
import { IndicatorBox, indicatorAct } from './indicator-box.tsx'

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
  const { label } = useWords()
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
                <div className="mt-2">
                  <IndicatorBox indicators={action.indicators}>
                    {formats.map((format) => (
                      <a
                        key={format}
                        href={`/api/v1/orders/${order.id}/actions/${encodeURIComponent(action.id)}/payload?format=${format}`}
                        download
                        className={indicatorAct}
                      >
                        {formatNames[format]}
                      </a>
                    ))}
                  </IndicatorBox>
                </div>
              ) : null}
            </div>
          </li>
        ))}
      </ol>
    </Section>
  )
}
