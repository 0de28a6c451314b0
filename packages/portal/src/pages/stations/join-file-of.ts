/** What a chosen file holds; what is no JSON object comes as an empty one, which the node refuses in words. */
export async function joinFileOf(
  chosen: FormDataEntryValue | null,
): Promise<Record<string, unknown>> {
  if (!(chosen instanceof File)) return {}
  try {
    const value: unknown = JSON.parse(await chosen.text())
    return value !== null && typeof value === 'object' && !Array.isArray(value) ? { ...value } : {}
  } catch {
    return {}
  }
}
