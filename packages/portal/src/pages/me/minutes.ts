/** Minutes after midnight of a time field; NaN where nothing is in it, which no schema takes for midnight. */
export function minutesOf(time: string): number {
  const [hours, minutes] = time.split(':')
  return minutes === undefined ? Number.NaN : Number(hours) * 60 + Number(minutes)
}

/** What a time field shows of minutes after midnight. */
export function clockOf(minutes: number): string {
  const two = (value: number) => String(value).padStart(2, '0')
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}
