/* Domains that belong to nobody. */
#ifndef DATEBOOK_DOMAINS_H
#define DATEBOOK_DOMAINS_H

#include <stdbool.h>

/* One of Microsoft's fictitious companies, a name that RFC 2606 and RFC 6761
 * reserve (.example, .test, .invalid, .localhost, example.com …), or a domain
 * below one of them. */
bool is_fictitious_domain(const char *domain);

#endif
