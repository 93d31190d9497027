export interface Context {
  now: Date;
}
