import { useRefusal } from '../../api/refusal-text.ts'

/** Whether one changes contact points oneself, asks for it (the coordinator decides), or neither and why not. */
export function useContactRight() {
  const refusal = useRefusal()
  const missing = refusal('organisation.manage')
  const asks = missing !== undefined && refusal('organisation.propose') === undefined
  return { asks, missing: asks ? undefined : missing }
}
