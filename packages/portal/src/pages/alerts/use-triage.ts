import type { TriageAct } from '@haidang/contracts/cluster'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '../../api/api.ts'
import { useDescribe } from '../../api/describe.ts'
import { complain, say } from '../../components/toast.tsx'

interface Triage {
  readonly ids: readonly string[]
  readonly act: TriageAct
}

/** One act on one or many clusters, said aloud and undoable for ten seconds. */
export function useTriage(onDone?: () => void) {
  const { t } = useLingui()
  const client = useQueryClient()
  const describe = useDescribe()
  const renew = () => {
    void client.invalidateQueries({ queryKey: ['clusters'] })
    void client.invalidateQueries({ queryKey: ['overview'] })
  }
  const fail = (error: unknown) => complain(describe(error).title)
  const undo = useMutation({
    mutationFn: (token: string) => api.clusters.undo({ body: { undo: token } }),
    onSuccess: ({ changed, skipped }) => {
      const count = changed.length
      say(
        skipped > 0
          ? t`Đã hoàn tác ${count} cụm; ${skipped} cụm người khác đã đổi nên giữ nguyên`
          : t`Đã hoàn tác ${count} cụm`,
      )
      renew()
    },
    onError: fail,
  })
  const done = (act: TriageAct, count: number): string =>
    ({
      acknowledge: t`Đã nhận ${count} cụm`,
      assign: t`Đã giao ${count} cụm`,
      severity: t`Đã đổi mức ${count} cụm`,
      snooze: t`Đã tạm ẩn ${count} cụm`,
      close: t`Đã đóng ${count} cụm`,
      reopen: t`Đã mở lại ${count} cụm`,
    })[act.act]
  return useMutation({
    mutationFn: ({ ids, act }: Triage) => api.clusters.triage({ body: { ids: [...ids], act } }),
    onSuccess: (reply, { act }) => {
      const token = reply.undo
      say(done(act, reply.changed.length), token ? () => undo.mutate(token) : undefined)
      renew()
      onDone?.()
    },
    onError: fail,
  })
}
