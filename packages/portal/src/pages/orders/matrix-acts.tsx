import type { Order } from '@haidang/contracts/order'
import type { JudgementOfMany } from '@haidang/contracts/order-matrix-api'
import { Plural, useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { useRefusal } from '../../api/refusal-text.ts'
import { Button } from '../../components/button.tsx'
import { SelectionBar } from '../../components/selection-bar.tsx'
import { say } from '../../components/toast.tsx'
import { useWords } from '../../language/use-words.ts'
import { ReasonDialog } from './reason-dialog.tsx'

type Act = JudgementOfMany['step'] | 'remind'

interface MatrixActsProps {
  readonly order: Order
  readonly chosen: ReadonlySet<string>
  readonly onClear: () => void
}

/** Ladders one request takes. */
const atOnce = 500

function chunks(ids: readonly string[]): string[][] {
  return Array.from({ length: Math.ceil(ids.length / atOnce) }, (_, n) =>
    ids.slice(n * atOnce, (n + 1) * atOnce),
  )
}

/** What the issuer does with the chosen addressees: confirm, return, close, remind. */
export function MatrixActs({ order, chosen, onClear }: MatrixActsProps) {
  const { t } = useLingui()
  const { number } = useWords()
  const refusal = useRefusal()
  const client = useQueryClient()
  const [asked, setAsked] = useState<Act | null>(null)
  const run = useMutation({
    mutationFn: async ({ act, note }: { act: Act; note: string }) => {
      const counts = { done: 0, left: 0 }
      for (const organisations of chunks([...chosen])) {
        const params = { id: order.id }
        if (act === 'remind') {
          const { done, skipped } = await api.orderMatrix.remind({
            params,
            body: { organisations, note },
          })
          counts.done += done.length
          counts.left += skipped.length
        } else {
          const { done, refused } = await api.orderMatrix.judgeMany({
            params,
            body: { organisations, step: act, note },
          })
          counts.done += done.length
          counts.left += refused.length
        }
      }
      return counts
    },
    onSuccess: ({ done, left }) => {
      say(
        left > 0
          ? t`Đã ghi cho ${number(done)} đơn vị; ${number(left)} đơn vị không ở bước phù hợp`
          : t`Đã ghi cho ${number(done)} đơn vị`,
      )
      setAsked(null)
      onClear()
    },
    onSettled: () => void client.invalidateQueries({ queryKey: ['orders'] }),
  })
  if (chosen.size === 0) return null
  const words: Record<Act, string> = {
    verified: t`Xác nhận kết quả`,
    returned: t`Trả lại…`,
    closed: t`Đóng`,
    remind: t`Nhắc trả lời…`,
  }
  return (
    <>
      <SelectionBar count={chosen.size} onClear={onClear}>
        {(['verified', 'returned', 'closed', 'remind'] as const).map((act) => (
          <Button
            key={act}
            size="small"
            refusal={refusal('order.issue')}
            onClick={() => setAsked(act)}
          >
            {words[act]}
          </Button>
        ))}
      </SelectionBar>
      {asked ? (
        <ReasonDialog
          title={words[asked].replace('…', '')}
          about={<Plural value={chosen.size} one="# đơn vị" other="# đơn vị" />}
          label={asked === 'returned' ? t`Lý do, việc cần làm thêm` : t`Ghi chú`}
          act={words[asked].replace('…', '')}
          optional={asked !== 'returned'}
          busy={run.isPending}
          error={run.error}
          onSend={(note) => run.mutate({ act: asked, note })}
          onClose={() => setAsked(null)}
        />
      ) : null}
    </>
  )
}
