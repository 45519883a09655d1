/* The list of domains that belong to nobody. */
#include "datebook/domains.h"

#include <stddef.h>
#include <string.h>
#include <strings.h>

static const char *const domains[] = {
    "example",
    "test",
    "invalid",
    "localhost",
    "example.com",
    "example.net",
    "example.org",
    "adatum.com",
    "adventure-works.com",
    "alpineskihouse.com",
    "bellowscollege.com",
    "bestforyouorganics.com",
    "blueyonderairlines.com",
    "cohovineyard.com",
    "cohovineyardandwinery.com",
    "cohowinery.com",
    "consolidatedmessenger.com",
    "contoso.com",
    "cpandl.com",
    "fabrikam.com",
    "fincher-architects.com",
    "fineartschool.net",
    "firstupconsultants.com",
    "fourthcoffee.com",
    "graphicdesigninstitute.com",
    "humongousinsurance.com",
    "lamnahealthcare.com",
    "litwareinc.com",
    "lucernepublishing.com",
    "margiestravel.com",
    "munsonspicklesandpreservesfarm.com",
    "nodpublishers.com",
    "northwindtraders.com",
    "proseware.com",
    "relecloud.com",
    "southridgevideo.com",
    "tailspintoys.com",
    "thephone-company.com",
    "treyresearch.net",
    "vanarsdelltd.com",
    "wideworldimporters.com",
    "wingtiptoys.com",
    "woodgrovebank.com",
};

static bool is_below(const char *domain, const char *parent)
{
    size_t length = strlen(domain);
    size_t end = strlen(parent);

    return length >= end && !strcasecmp(domain + length - end, parent) &&
           (length == end || domain[length - end - 1] == '.');
}

bool is_fictitious_domain(const char *domain)
{
    for (size_t i = 0; i < sizeof domains / sizeof *domains; i++)
        if (is_below(domain, domains[i]))
            return true;
    return false;
}
