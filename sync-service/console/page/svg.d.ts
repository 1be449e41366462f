/** A picture as an address that holds it; the build writes it into the page. */
declare module '*.svg' {
  const address: string;
  export default address;
}
