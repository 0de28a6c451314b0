import type { Form } from '@haidang/contracts/form'
import type { FormContent, FormValue } from '@haidang/contracts/form-content'
import { useCallback, useEffect, useRef, useState } from 'react'
import { api } from '../../api/api.ts'
import { Refusal } from '../../api/send.ts'

/** How far what one types has come. */
export type Keeping = 'kept' | 'waiting' | 'saving' | 'failed' | 'conflict'

const pause = 700

/** A draft that is kept as one types, a moment after the last key; saves go one after the other. */
export function useDraftForm(form: Form) {
  const { id } = form
  const [content, setContent] = useState<FormContent>(form.content)
  const [keeping, setKeeping] = useState<Keeping>('kept')
  const [error, setError] = useState<unknown>(null)
  const latest = useRef(form.content)
  const revision = useRef(form.revision)
  const isKept = useRef(true)
  const queue = useRef<Promise<void>>(Promise.resolve())
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)

  const save = useCallback(async () => {
    if (isKept.current) return
    isKept.current = true
    setKeeping('saving')
    try {
      const body = { revision: revision.current, content: latest.current }
      revision.current = (await api.forms.save({ params: { id }, body })).revision
      setError(null)
      setKeeping(isKept.current ? 'kept' : 'waiting')
    } catch (reason) {
      isKept.current = false
      setError(reason)
      const isConflict = reason instanceof Refusal && reason.code === 'form.changed-meanwhile'
      setKeeping(isConflict ? 'conflict' : 'failed')
    }
  }, [id])

  /** Keeps what is not kept yet; resolves with the revision, or undefined where it could not be kept. */
  const flush = useCallback(async () => {
    clearTimeout(timer.current)
    queue.current = queue.current.then(save)
    await queue.current
    return isKept.current ? revision.current : undefined
  }, [save])

  const change = useCallback(
    (key: string, value: FormValue) => {
      latest.current = { ...latest.current, [key]: value }
      isKept.current = false
      setContent(latest.current)
      setKeeping((before) => (before === 'conflict' ? before : 'waiting'))
      clearTimeout(timer.current)
      timer.current = setTimeout(() => void flush(), pause)
    },
    [flush],
  )

  /** Writes over what somebody else has saved meanwhile. */
  const overwrite = useCallback(async () => {
    revision.current = (await api.forms.get({ params: { id } })).revision
    await flush()
  }, [id, flush])

  useEffect(() => {
    const hidden = () => {
      if (document.visibilityState === 'hidden') void flush()
    }
    document.addEventListener('visibilitychange', hidden)
    return () => {
      document.removeEventListener('visibilitychange', hidden)
      void flush()
    }
  }, [flush])

  return { content, keeping, error, change, flush, overwrite }
}
