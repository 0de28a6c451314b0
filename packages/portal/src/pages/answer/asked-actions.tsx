import type { Order } from '@haidang/contracts/order'
import { useLingui } from '@lingui/react/macro'
import { Download } from 'lucide-react'
import { saveFile } from '../../components/save-file.ts'
import { Time } from '../../components/time.tsx'
import { useWords } from '../../language/use-words.ts'
import { IndicatorBox, indicatorAct } from '../orders/indicator-box.tsx'

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
              <IndicatorBox indicators={action.indicators}>
                <button
                  type="button"
                  onClick={() =>
                    saveFile(
                      `${order.number}-${index + 1}.txt`,
                      'text/plain',
                      `${action.indicators.join('\n')}\n`,
                    )
                  }
                  className={indicatorAct}
                >
                  <Download aria-hidden="true" className="size-3" /> {t`Tải tệp`}
                </button>
              </IndicatorBox>
            ) : null}
          </li>
        ))}
      </ol>
    </section>
  )
}
