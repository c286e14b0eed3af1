package news;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.application.FacesMessage;
import jakarta.faces.context.ExternalContext;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;

/** What a person does on the page. */
@Named
@RequestScoped
public class Desk {
    @Inject
    Headlines headlines;

    private String user;
    private String password;
    private String headline;

    /** Then the page is loaded again, and connects as this user. */
    public String signIn() {
        ExternalContext external = FacesContext.getCurrentInstance().getExternalContext();
        external.getSession(true);
        try {
            HttpServletRequest request = (HttpServletRequest) external.getRequest();
            request.login(user, password);
            request.changeSessionId();
            return "news?faces-redirect=true";
        } catch (ServletException wrong) {
            FacesContext.getCurrentInstance()
                    .addMessage(null, new FacesMessage("This user and password are not known here."));
            return null;
        }
    }

    public void publish() {
        headlines.publish(headline);
        headlines.thank(FacesContext.getCurrentInstance()
                .getExternalContext()
                .getUserPrincipal()
                .getName());
        headline = null;
    }

    public String getUser() {
        return user;
    }

    public void setUser(String user) {
        this.user = user;
    }

    public String getPassword() {
        return password;
    }

    public void setPassword(String password) {
        this.password = password;
    }

    public String getHeadline() {
        return headline;
    }

    public void setHeadline(String headline) {
        this.headline = headline;
    }
}
