/** Where the record of a trip waits while the page is away: one slot of text. May throw. */
export interface TripStorage {
  read(): string | null
  write(text: string): void
  remove(): void
}
