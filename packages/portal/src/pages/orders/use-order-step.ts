import type { Order } from '@haidang/contracts/order'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { say } from '../../components/toast.tsx'
import { useWords } from '../../language/use-words.ts'

/** Runs a step on an order's ladder, shows its new state at once, and says what was done. */
export function useOrderStep<V extends { readonly step: string }>(
  run: (variables: V) => Promise<Order>,
  onDone?: () => void,
) {
  const { t } = useLingui()
  const { label } = useWords()
  const client = useQueryClient()
  return useMutation({
    mutationFn: run,
    onSuccess: (order, { step }) => {
      client.setQueryData(['orders', 'one', order.id], order)
      void client.invalidateQueries({ queryKey: ['orders'] })
      void client.invalidateQueries({ queryKey: ['overview'] })
      say(t`Lệnh ${order.number}: ${label('ladderStep', step)}`)
      onDone?.()
    },
  })
}
